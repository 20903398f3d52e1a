"""Routing: queues of teams, who takes what from them, operators' status, load and forecast."""
