"""Egress: the one client for calls to the outside; an address is looked up once and pinned."""
