"""
The contract of a channel: what it can do, how it hears, how it speaks, how it fails.

A connector fills it; everything else (storing, retrying, limits, screens) is the product's.
"""
