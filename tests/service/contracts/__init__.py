"""Contracts: coverage, packages, prices, penalties."""
