"""Incidents: what bursts, decided, announced, answered as one, told when over."""
