"""Pure rules: how a ticket stood at each of its entries, and what follows from conditions."""
