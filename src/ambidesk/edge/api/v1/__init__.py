"""Version 1: a module a noun, its schemas beside its operations."""
