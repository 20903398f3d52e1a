"""Tests of what is handed over to contractors."""
