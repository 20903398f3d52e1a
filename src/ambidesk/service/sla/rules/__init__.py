"""Pure rules of promises: clocks folded from facts."""
