"""Companies and what belongs to them."""
