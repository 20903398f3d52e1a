"""
Promises about tickets: which policy holds, what the journal says of its clocks, who is warned.

A ticket has the foreign key to its promise; the clocks are folded from its entries in the journal.
"""
