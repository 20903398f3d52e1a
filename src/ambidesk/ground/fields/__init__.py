"""
Fields: questions of an installation's own, typed, in both languages, and the forms made of them.

A field's kind, unit and currency never change; what is archived keeps its values.
"""
