"""Telegram: a bot of the Bot API, called by webhook or asking for updates."""
