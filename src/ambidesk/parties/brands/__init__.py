"""Brands: the faces of the company to the outside."""
