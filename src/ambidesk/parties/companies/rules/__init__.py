"""Arithmetic of requisites: no rows, no clock."""
