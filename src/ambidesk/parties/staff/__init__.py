"""Staff: persons who work here, their teams and posts."""
