"""Insight: figures of the work, the tickets behind them, and the live board."""
