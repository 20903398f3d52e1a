"""Answering: the composer, its drafts, files, templates and what takes an answer back."""
