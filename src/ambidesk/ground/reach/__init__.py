"""Reach: who acts, what they may do, which rows they see."""
