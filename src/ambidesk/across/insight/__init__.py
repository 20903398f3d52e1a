"""
Insight: what the journal says about the work, as figures that open the tickets behind them.

A Fact is one thing that counts for one ticket; a Figure the sum of alike facts of a day. Both are
made from the journal by pure rules and can be made again. docs/metrics.md defines each.
"""
