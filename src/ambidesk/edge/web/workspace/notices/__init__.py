"""What the reader was told, in which ways they are told, and who can be named."""
