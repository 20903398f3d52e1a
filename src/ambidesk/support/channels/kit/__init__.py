"""
The kit: a messenger's rules kept by a real HTTP server on loopback, for tests and for the demo.

A simulator keeps a ledger of what arrived; faults are asked for and come once each.
"""
