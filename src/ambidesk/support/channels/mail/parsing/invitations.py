"""Invitations: the meeting that a mail asks for, changes or calls off.

Source: RFC 5545, 3.1 (lines) and 3.6.1 (events); RFC 5546 (methods).
"""

import re
from typing import Final

from ambidesk.support.channels.mail.parsing.findings import Findings
from ambidesk.support.channels.mail.parsing.parsed import Invitation
from ambidesk.support.channels.mail.parsing.structure.tree import Part
from ambidesk.support.channels.mail.parsing.texts.charsets import decode

_CALENDARS: Final = frozenset({"text/calendar", "application/ics", "text/x-vcalendar"})
_LINE: Final = re.compile(r"^([A-Za-z-]+)((?:;[^:\"]*(?:\"[^\"]*\"[^:\"]*)*)?):(.*)$")
_ESCAPED: Final = re.compile(r"\\([,;\\nN])")
_ZONE: Final = re.compile(r";TZID=\"?([^;:\"]+)", re.IGNORECASE)
_NUMBER: Final = re.compile(r"\d{1,9}")
_MOST_CHARACTERS: Final = 500_000


def read_invitation(root: Part) -> Invitation | None:
    """Return the first calendar object with a method, None if the mail brings none."""
    for leaf in root.leaves():
        if leaf.content_type in _CALENDARS:
            found = _read(leaf)
            if found is not None:
                return found
    return None


def _read(leaf: Part) -> Invitation | None:
    text = decode(leaf.content(Findings()), leaf.charset or "utf-8", findings=Findings())
    unfolded = re.sub(r"\r?\n[ \t]", "", text[:_MOST_CHARACTERS])
    fields = _event_fields(unfolded)
    method = (leaf.type_parameters.get("method") or fields.get("method", ("", ""))[1]).upper()
    if not method or method == "PUBLISH":
        return None
    sequence = _NUMBER.match(fields.get("sequence", ("", ""))[1])
    return Invitation(
        method=method,
        uid=_value(fields, "uid"),
        summary=_value(fields, "summary"),
        location=_value(fields, "location"),
        organiser=re.sub(r"^mailto:", "", _value(fields, "organizer"), flags=re.IGNORECASE),
        starts=_instant(fields, "dtstart"),
        ends=_instant(fields, "dtend"),
        sequence=int(sequence[0]) if sequence else 0,
    )


def _event_fields(text: str) -> dict[str, tuple[str, str]]:
    """Return the fields of the calendar and of its first event, parameters beside values."""
    fields: dict[str, tuple[str, str]] = {}
    inside: list[str] = []
    for line in text.splitlines():
        found = _LINE.match(line)
        if found is None:
            continue
        name, parameters, value = found[1].lower(), found[2], found[3].strip()
        if name == "begin":
            inside.append(value.upper())
        elif name == "end":
            if inside and inside.pop() == "VEVENT":
                break
        elif inside in ([], ["VCALENDAR"], ["VCALENDAR", "VEVENT"]):
            fields.setdefault(name, (parameters, value))
    return fields


def _value(fields: dict[str, tuple[str, str]], name: str) -> str:
    text = fields.get(name, ("", ""))[1]
    return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], text)


def _instant(fields: dict[str, tuple[str, str]], name: str) -> str:
    """Return an instant as written, its zone behind it: `20250303T101500 Europe/Berlin`."""
    parameters, value = fields.get(name, ("", ""))
    zone = _ZONE.search(parameters)
    return f"{value} {zone[1]}" if zone and value else value
