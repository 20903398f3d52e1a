"""Channels: the ways in and out, one folder each."""
