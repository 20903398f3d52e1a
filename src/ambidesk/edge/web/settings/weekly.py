"""Hours and exceptions as they are typed, and as the JSON of a calendar has them."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from ambidesk.ground.calendars.spec import WEEKDAYS

DASHES = str.maketrans("–—", "--")


def read_hours(text: str) -> list[list[str]]:
    """Take 09:00-13:00, 14:00-18:00 apart; what is wrong in it is found by the calendar."""
    return [_span(part) for part in text.translate(DASHES).split(",") if part.strip()]


def read_exceptions(text: str) -> list[dict[str, Any]]:
    """Take lines apart: a day, then hours or anything else, which is a name or says closed."""
    found = []
    for line in filter(None, map(str.strip, text.splitlines())):
        day, _space, rest = line.translate(DASHES).partition(" ")
        words = rest.replace(", ", ",").split(" ")
        has_hours = bool(words[0]) and words[0][0].isdigit()
        hours = read_hours(words[0]) if has_hours else []
        is_word = has_hours or words[0].lower() in {"closed", _("closed").lower()}
        name = " ".join(words[1:] if is_word else words).strip()
        found.append({"date": day, "hours": hours} | ({"name": name[:200]} if name else {}))
    return found


def written_week(spec: Mapping[str, Any]) -> dict[str, str]:
    """Write hours and exceptions as they are typed."""
    week = {day: _written(spec["hours"].get(day, [])) for day in WEEKDAYS}
    lines = [
        " ".join(
            part
            for part in (
                each["date"],
                _written(each["hours"]).replace(", ", ",") or _("closed"),
                each.get("name", ""),
            )
            if part
        )
        for each in spec.get("exceptions", [])
    ]
    return {**week, "exceptions": "\n".join(lines)}


def _span(text: str) -> list[str]:
    return [part.strip() for part in text.split("-")]


def _written(hours: list[list[str]]) -> str:
    return ", ".join("-".join(span) for span in hours)
