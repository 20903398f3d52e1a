"""
Pages: longer texts that are kept to be found, as articles are; each shelf has its own.

A page has a key and a language. Words are told by the morphology of both languages, pages are
ranked by their fields and by how near the words stand; statistics are kept with each change.
"""
