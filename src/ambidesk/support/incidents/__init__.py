"""Incidents: mass faults noticed in a burst of alike tickets, answered as one, told when over."""
