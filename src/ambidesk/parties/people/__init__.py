"""People: persons and the identities by which they are reached."""
