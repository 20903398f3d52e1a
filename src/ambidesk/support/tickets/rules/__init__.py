"""Pure rules of tickets."""
