"""Benches: each measures one promise of the design and says what PostgreSQL does raw beside it."""
