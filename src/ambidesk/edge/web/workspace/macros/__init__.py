"""Macros on a ticket: found by name, tried out, applied."""
