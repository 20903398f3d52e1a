"""
Supervision: parts are started in order, restarted when they end, stopped in order.

A part is one process with all it starts. The supervisor itself stays small and has no threads.
"""
