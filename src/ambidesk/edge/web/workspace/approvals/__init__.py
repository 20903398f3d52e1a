"""Approvals of a ticket: on its card who is asked and what they say; asked, noted, withdrawn."""
