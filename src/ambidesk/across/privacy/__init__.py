"""Privacy: erasing a person, the ledger of erasures."""
