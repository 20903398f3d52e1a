"""What search finds of tickets and what stands on them."""
