"""Files: content-addressed blobs, type by content."""
