"""Conversations: channels, threads, immutable messages, deliveries."""
