"""
Contracts: what is promised to a company in writing, and what each request is by it.

A version never changes once it is active; packages are an append-only ledger; a decision about
coverage names its clause and is kept whole when a person overrules it.
"""
