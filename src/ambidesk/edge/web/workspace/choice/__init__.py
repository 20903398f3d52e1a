"""Why just this person: the reasons of a choice, kept or as they would be now."""
