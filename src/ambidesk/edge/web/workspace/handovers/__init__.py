"""What contractors do of a ticket: handed over, looked at, sent back, taken back."""
