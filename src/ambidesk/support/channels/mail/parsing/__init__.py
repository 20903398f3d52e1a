"""Parsing: raw bytes of a mail become a ParsedMail, whatever they are.

Nothing here raises on input, imports Django, reads a clock or writes anywhere:
it also runs in a child process of its own, under limits.
"""
