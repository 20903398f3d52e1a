"""The inbox: views with counts and the list of a view."""
