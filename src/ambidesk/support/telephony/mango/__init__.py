"""Mango Office: signed calls of its virtual exchange."""
