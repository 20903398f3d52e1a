"""Support: conversations, tickets, desk, channels."""
