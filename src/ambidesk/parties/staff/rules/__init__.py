"""Arithmetic of staff: who stands in for whom."""
