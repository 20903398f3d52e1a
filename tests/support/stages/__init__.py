"""Tests of tickets that go by processes."""
