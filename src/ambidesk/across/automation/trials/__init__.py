"""Trials of rules on the past: each ticket as it was at each cause, nothing changed."""
