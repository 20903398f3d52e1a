"""Arithmetic of bursts: how alike texts are, and whether so many are too many."""
