"""One desk for a company that serves both people and organisations."""
