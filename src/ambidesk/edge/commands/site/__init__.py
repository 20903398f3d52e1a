"""The sites of a demo: a page of each brand, on an origin of its own, with its chat."""
