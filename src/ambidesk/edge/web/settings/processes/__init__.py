"""The designer of processes: as a graph and as a table, checked while it is drawn."""
