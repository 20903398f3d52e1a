"""Tickets: one request each, from first message to closing; messages are filed, never moved."""
