"""Scripts: guided dialogues in versions, walked step by step on a ticket; answers stay on it."""
