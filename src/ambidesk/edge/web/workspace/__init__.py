"""The workspace of those who answer: views, list, thread, card."""
