"""Pure arithmetic of contracts: coverage, packages, prices, penalties, promised times."""
