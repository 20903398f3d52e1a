"""
Consents: what a person may be written for, beside answers to their own requests.

A statement is one row a person, purpose, channel and version of a document, with its proof, and is
never rewritten: a withdrawal ends it. Joining persons never widens what any of them said.
"""
