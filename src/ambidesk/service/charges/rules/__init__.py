"""Arithmetic of charges: no database, no clock."""
