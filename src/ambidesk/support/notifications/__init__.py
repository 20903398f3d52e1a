"""Notifications: who is told of what, in which ways; subjects are named by kind and id only."""
