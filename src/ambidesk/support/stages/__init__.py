"""
Stages: tickets that go by a process: begun, moved, ticked off, converted.

A ticket has the foreign key to its run; it stays on the version that it began on.
"""
