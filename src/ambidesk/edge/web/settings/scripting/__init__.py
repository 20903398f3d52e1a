"""Scripts in the settings: written, checked while they are written, rehearsed, and how they go."""
