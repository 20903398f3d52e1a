"""Arithmetic of equipment: how often it fails, how long it lives, what it costs, and how surely."""
