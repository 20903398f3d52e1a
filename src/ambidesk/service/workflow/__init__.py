"""
Workflow: processes as immutable versions, and runs through their stages.

It knows processes, not tickets: whatever runs through one has the foreign key to its run.
"""
