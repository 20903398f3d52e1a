"""
Conditions: one typed language of (field, operator, value) under all, any and not.

Read from JSON strictly, compiled to SQL for sets and evaluated for one row, equal on both sides;
what is compared with an empty field is neither true nor false, as in SQL.
"""
