"""
Problems as somebody sees and settles them: of any package below, each step done by its own verb.

Nothing is dropped silently: what could not be handled stays until it goes, or somebody ends it.
"""
