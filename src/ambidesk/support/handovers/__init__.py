"""
Handovers: a stage of a ticket, or the work on one without stages, done by a contractor.

Each round has a clock of its own that ends before the client's; the client's never stops for it.
A contractor sees what was handed over and what was said about it, and nothing else of the ticket.
"""
