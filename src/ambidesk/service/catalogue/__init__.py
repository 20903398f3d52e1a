"""Catalogue: request types, categories and tags' vocabulary."""
