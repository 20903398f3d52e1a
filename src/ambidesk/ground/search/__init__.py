"""
Search: one index of words without nouns, cut by reach inside the index.

What can be found is declared by higher packages as `Sort`s and joined by wiring; a subscriber of
the journal fills the index. Rows themselves are always read again through `visible_to`.
"""
