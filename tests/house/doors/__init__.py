"""The doors of each audience, one line a route: who may enter; joined by the matrix."""
