"""Tests of approvals by a link."""
