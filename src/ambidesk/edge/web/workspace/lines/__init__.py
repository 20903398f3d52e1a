"""Lines of support on a ticket: escalated, given back, the path that it took."""
