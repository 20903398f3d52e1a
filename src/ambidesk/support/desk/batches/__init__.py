"""Batches: steps over one ticket or many, worked through, stopped and undone."""
