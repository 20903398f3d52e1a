"""Pure rules of insight: facts folded from the journal, figures summed from facts."""
