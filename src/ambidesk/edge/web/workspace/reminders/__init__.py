"""Follow-ups: set on a ticket, listed, done."""
