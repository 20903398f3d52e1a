"""The commands `ambidesk knowledge ...`."""
