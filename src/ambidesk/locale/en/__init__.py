"""English: its sentences stand in the code."""
