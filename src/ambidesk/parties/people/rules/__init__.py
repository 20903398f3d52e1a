"""Arithmetic of persons."""
