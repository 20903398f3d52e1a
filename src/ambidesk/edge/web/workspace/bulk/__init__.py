"""Many tickets at once: chosen in the list, changed together, told about, undone."""
