"""Conditions: one typed tree, compiled to SQL for sets and evaluated for one row."""
