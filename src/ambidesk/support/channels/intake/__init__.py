"""Intake: raw items of connectors become messages on tickets, in batches, each exactly once."""
