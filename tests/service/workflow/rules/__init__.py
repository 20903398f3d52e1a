"""Tests of the rules of processes."""
