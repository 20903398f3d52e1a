"""
Web forms: a request typed into a page of a brand or of its site becomes a ticket with fields.

What is typed is committed raw before the page hears that it arrived; a typed address joins nobody.
"""
