"""The edge: web pages and the command line translate and make one call."""
