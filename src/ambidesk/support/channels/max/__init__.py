"""MAX: a bot of the Russian messenger, called by webhook or asking for updates."""
