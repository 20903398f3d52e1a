"""Pure rules of processes: plans, what is wrong with one, tokens, what is missing, conversion."""
