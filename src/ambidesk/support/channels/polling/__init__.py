"""Polling: channels that nobody calls are asked; the marker moves on once all is committed."""
