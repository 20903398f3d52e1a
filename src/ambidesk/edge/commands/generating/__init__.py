"""Generating: a desk of any size by COPY, for measurements."""
