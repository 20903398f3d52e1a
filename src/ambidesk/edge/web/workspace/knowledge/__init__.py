"""Knowledge for staff: the list of articles, the editor, comparison, suggestions for an answer."""
