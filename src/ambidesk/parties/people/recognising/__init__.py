"""Recognising: who of all persons may be one with those that are new or changed."""
