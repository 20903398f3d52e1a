"""Coverage of tickets."""
