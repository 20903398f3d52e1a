"""
The public API: machines do with a key what people do on the screens, by the same verbs.

An operation is declared with the right it needs; what its key does not reach is not found.
"""
