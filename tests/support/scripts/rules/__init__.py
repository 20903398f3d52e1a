"""Tests of the rules of scripts."""
