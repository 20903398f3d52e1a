"""Zones of time as a form offers them, by their names of the IANA database."""

from zoneinfo import available_timezones


def zones() -> list[tuple[str, str]]:
    """Give every zone that has a place, and UTC."""
    names = (name for name in sorted(available_timezones()) if "/" in name or name == "UTC")
    return [(name, name.replace("_", " ")) for name in names]
