"""Tests of approvals of tickets."""
