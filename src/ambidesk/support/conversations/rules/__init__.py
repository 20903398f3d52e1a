"""Pure arithmetic of conversations: no rows, no clock."""
