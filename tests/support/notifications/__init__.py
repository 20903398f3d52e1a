"""Tests of support.notifications."""
