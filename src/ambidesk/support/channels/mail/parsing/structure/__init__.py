"""Structure: the tree of parts and what each leaf holds."""
