"""Processes on a ticket: the strip of its stages, its steps, its checklist, its conversion."""
