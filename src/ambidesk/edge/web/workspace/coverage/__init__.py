"""What a ticket is by the contracts of its company: on its card, on its timeline, overruled."""
