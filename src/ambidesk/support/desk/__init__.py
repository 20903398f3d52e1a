"""Desk: saved views, templates, drafts, presence of operators."""
