"""Relation: what ties persons to the company over time."""
