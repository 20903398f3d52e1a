"""The verbs of tickets that people may automate, each by its name."""
