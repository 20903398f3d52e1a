"""
Equipment: models and the assets that are serviced, where each stands and what happened to it.

An asset belongs to one company; what broke, was moved, read or replaced is added, never rewritten.
"""
