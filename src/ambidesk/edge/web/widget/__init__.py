"""The widget's public side: its script, and what it asks; no cookies, only listed origins."""
