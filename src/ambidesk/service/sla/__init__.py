"""
Promises: what is due when, by policies over service calendars.

Knows nothing of what a promise is about: the holder has the foreign key and tells facts. Clocks
are folded from facts by a pure function; what is stored is what the fold gives.
"""
