"""
Importing: tickets of another system come in with their history, quietly.

A file's rows become histories by a mapping; a history is taken in once, whole or not at all, and
goes on where the file has grown. Nothing of it is sent, told or promised to anybody.
"""
