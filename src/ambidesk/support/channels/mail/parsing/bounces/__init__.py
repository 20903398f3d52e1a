"""Bounces: who did not get a mail, and why."""
