"""Texts: bytes of any charset become text."""
