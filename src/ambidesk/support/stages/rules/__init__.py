"""Pure rules of tickets in processes."""
