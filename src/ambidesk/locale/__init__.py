"""How each language is spoken and written here: its sentences, and its dates where Django differs."""
