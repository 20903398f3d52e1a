"""The lead's live load: teams side by side, who attends, what waits; the forecast."""
