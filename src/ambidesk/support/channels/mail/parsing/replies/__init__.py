"""Replies: what is new in a mail, without what it quotes and how it is signed."""
