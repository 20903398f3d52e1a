"""Own channels."""
