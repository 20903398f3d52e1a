"""Own channels: a chat that somebody wrote, spoken with in signed JSON by the public contract."""
