"""Contracts in the settings: their list, one of them with all that hangs on it, its draft."""
