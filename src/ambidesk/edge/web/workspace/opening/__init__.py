"""A ticket by hand or for a caller."""
