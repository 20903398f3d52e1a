"""Pure rules of authority: what a scope covers, what several authorities give together."""
