"""Macros: written, chosen for a ticket, tried out before they are applied."""
