"""Intake: raw mails become messages on tickets, in batches, each exactly once."""
