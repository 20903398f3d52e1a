"""The screen of one ticket: thread, composer, card."""
