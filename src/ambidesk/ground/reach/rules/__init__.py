"""Pure arithmetic of reach."""
