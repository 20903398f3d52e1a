"""
Coverage of tickets: what each one is by the contracts of its company, decided again as it changes.

A ticket has the foreign key to its coverage; without a company it has none.
"""
