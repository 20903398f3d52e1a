"""
Meaning: what texts mean as vectors, so that a question finds what has none of its words.

An extra: without an engine, or without pgvector, the search goes by words alone.
"""
