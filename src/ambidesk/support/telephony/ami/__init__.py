"""Asterisk by its manager interface, over TCP."""
