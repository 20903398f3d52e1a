"""Screens of equipment: the list, one asset, a model with its figures, labels."""
