"""Words of files: PDF and office files are read in a child process, for search."""
