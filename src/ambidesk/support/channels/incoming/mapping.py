"""
Mappings: from the JSON of another system to what happened there; pure, so that it can be tried.

A path is written as labels.host, alerts[0].name or $.groupLabels.job, where $ is the whole and
all else stands in the one event. A text may name paths as {{labels.host}}.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel.refusal import InvalidInput
from ambidesk.ground.kernel.texts import one_line, storable
from ambidesk.ground.kernel.unpacking import unpacked

MOST_EVENTS: Final = 50
LONGEST_PATH, LONGEST_TEXT, LONGEST_SUBJECT = 300, 20_000, 200
STEP: Final = re.compile(r"\.?([^.\[\]{}\s]+)|\[(\d{1,4})\]|\[\"([^\"\]]{1,100})\"\]")
NAMED: Final = re.compile(r"\{\{\s*([^{}]+?)\s*\}\}")


class NotAPath(InvalidInput):
    """Nothing can be found by it."""

    sentence = _("“%(path)s” is no path. Write it like labels.host or alerts[0].name.")


class Unmapped(Exception):  # noqa: N818 says what it is
    """What came cannot be mapped; `reason` is a word that Problems has a sentence for."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """
    Where what stands; "" is nowhere. `each` leads to the list of events, "" is one event a call.

    `fields` are paths by the ids of custom fields; an event whose `state` is one of `closes` ends
    the matter. Unless it `is_live`, nothing is opened: what came is only kept to look at.
    """

    each: str = ""
    subject: str = ""
    text: str = ""
    sender: str = ""
    sender_name: str = ""
    key: str = ""
    state: str = ""
    closes: tuple[str, ...] = ()
    request_type: int = 0
    fields: Mapping[int, str] = field(default_factory=dict)
    is_live: bool = False

    def stored(self) -> dict[str, Any]:
        """The form in which it lies in the row."""
        kept = asdict(self)
        return {**kept, "fields": {str(key): path for key, path in self.fields.items()}}

    @classmethod
    def read(cls, stored: Mapping[str, Any]) -> "Rules":
        """Read what lies in the row; what is missing is as usual."""
        known = {each.name for each in fields(cls)}
        values = {name: value for name, value in stored.items() if name in known}
        values["closes"] = tuple(values.get("closes", ()))
        values["fields"] = {int(key): path for key, path in values.get("fields", {}).items()}
        return cls(**values)


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One thing that happened elsewhere; `key` is what it is known by there, "" for nothing."""

    subject: str
    text: str
    sender: str
    sender_name: str
    key: str
    is_end: bool
    fields: Mapping[int, Any]


def require_paths(rules: Rules) -> None:
    """
    Look whether all paths can be followed.

    Raises:
        NotAPath: one cannot.
    """
    named = {name: getattr(rules, name) for name in ("each", "sender", "sender_name", "key")}
    named |= {f"field_{key}": path for key, path in rules.fields.items()}
    named["state"] = rules.state
    for name, path in named.items():
        _require(path, field=name)
    for name in ("subject", "text"):
        for path in _paths_in(getattr(rules, name)):
            _require(path, field=name)


def events_in(raw: bytes, rules: Rules) -> list[Event]:
    """
    Read what happened.

    Raises:
        Unmapped: it is no JSON, or holds nothing where the rules look.
    """
    whole = _whole(raw)
    found = _followed(whole, rules.each, whole) if rules.each else [whole]
    if not isinstance(found, list) or not found:
        raise Unmapped("no-events")
    if len(found) > MOST_EVENTS:
        raise Unmapped("too-many-events")
    return [_event(each, whole, rules) for each in found]


def _event(one: Any, whole: Any, rules: Rules) -> Event:
    subject = one_line(_filled(rules.subject, one, whole), LONGEST_SUBJECT)
    text = _filled(rules.text, one, whole)[:LONGEST_TEXT].strip()
    if not subject and not text:
        raise Unmapped("no-words")
    state = _words(_followed(one, rules.state, whole)) if rules.state else ""
    return Event(
        subject=subject or one_line(text, LONGEST_SUBJECT),
        text=text,
        sender=_words(_followed(one, rules.sender, whole)).strip() if rules.sender else "",
        sender_name=one_line(
            _words(_followed(one, rules.sender_name, whole)) if rules.sender_name else "", 200
        ),
        key=_words(_followed(one, rules.key, whole)) if rules.key else "",
        is_end=bool(state) and state.casefold() in {each.casefold() for each in rules.closes},
        fields={
            key: value
            for key, path in rules.fields.items()
            if path and (value := _followed(one, path, whole)) is not None
        },
    )


def _whole(raw: bytes) -> Any:
    try:
        return unpacked(raw.decode())
    except ValueError as wrong:
        raise Unmapped("no-json") from wrong


def _filled(words: str, one: Any, whole: Any) -> str:
    """Fill in paths; words without any are themselves a path."""
    if not words:
        return ""
    if not NAMED.search(words):
        return _words(_followed(one, words, whole))
    return NAMED.sub(lambda found: _words(_followed(one, found[1], whole)), words)


def _words(value: Any) -> str:
    if value is None:
        return ""
    said = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, indent=1)
    return storable(said)


def _followed(one: Any, path: str, whole: Any) -> Any:
    is_whole = path.startswith("$")
    at = whole if is_whole else one
    for step in _steps(path.removeprefix("$")):
        if isinstance(step, int):
            at = at[step] if isinstance(at, list) and step < len(at) else None
        else:
            at = at.get(step) if isinstance(at, dict) else None
    return at


def _steps(path: str) -> Sequence[str | int]:
    return [int(found[2]) if found[2] else found[1] or found[3] for found in STEP.finditer(path)]


def _paths_in(words: str) -> Sequence[str]:
    return NAMED.findall(words) if NAMED.search(words) else [words]


def _require(path: str, *, field: str) -> None:
    rest = path.removeprefix("$")
    is_whole = "".join(found[0] for found in STEP.finditer(rest)) == rest
    if len(path) > LONGEST_PATH or not is_whole:
        raise NotAPath(field=field, path=path[:60])
