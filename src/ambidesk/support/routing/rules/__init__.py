"""Arithmetic of queues: who stands where, who is chosen, how long it takes, how many are needed."""
