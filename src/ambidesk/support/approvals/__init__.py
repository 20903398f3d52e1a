"""
Approvals of tickets: asked of those contacts of the company who may, the nearest first.

What was asked is frozen; nothing is approved but by an answer of somebody entitled at that instant
to just that content. One of a kind stands on a ticket: a further cost is a new whole amount.
"""
