"""Parties: persons, staff, brands."""
