"""Companies in the workspace: the list, one with its sites, contacts and tickets, the map."""
