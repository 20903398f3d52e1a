"""
Charges: what work by a contract costs its client, and what lateness costs us, as facts.

A line of a charge names the rule that made it and never changes; what was wrong is taken back by
lines of the opposite sign. Penalties are counted from breaches and come out the same each time.
"""
