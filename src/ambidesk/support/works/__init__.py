"""
Works: what was spent on tickets and equipment: time, expenses and parts, and the repairs done.

A fact is put down once, by the key of whoever tells it, and never changed; what was wrong is
reversed by a fact of its own.
"""
