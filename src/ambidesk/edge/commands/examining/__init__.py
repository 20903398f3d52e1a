"""
Examining a desk: one check after another, each a word and a sentence with what to do.

A check never stops the next one; those that need what another found missing are left out.
"""
