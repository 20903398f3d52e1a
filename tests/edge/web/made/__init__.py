"""What addresses can name, made through the verbs; a room for each noun."""
