"""Pages of each audience."""
