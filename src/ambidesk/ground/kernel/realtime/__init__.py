"""Realtime: hints about topics, from the database's signals to the browsers that show them."""
