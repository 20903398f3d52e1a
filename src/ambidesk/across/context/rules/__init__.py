"""Pure arithmetic of hints."""
