"""HTML: what a reader sees of it, what of it is quoted, and what of it is safe."""
