"""Search: text index and ranking, without nouns."""
