"""Rules of scripts: flows, what is wrong with them, walks through them; no rows, no clock."""
