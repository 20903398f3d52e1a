"""Rules: their list and order, the editor, the try on the past, and what they did."""
