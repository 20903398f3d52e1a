"""Promises about a ticket, with their reasons on demand."""
