"""What finding pages computes without a database."""
