"""Calls: those that ring now, those of a ticket with their recordings, and one that is begun."""
