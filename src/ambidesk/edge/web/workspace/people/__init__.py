"""The screen of a person."""
