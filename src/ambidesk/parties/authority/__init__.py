"""
Authority: what a contact sees of their company, may do there, and may be told.

An authority is always within one company; several add up, none takes away from another.
"""
