"""Pure rules of handovers."""
