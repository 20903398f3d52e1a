"""Details: what else an entry tells, in words; what has none stays in the file's last column."""

import enum
import typing
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from django.db.models.enums import Choices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel.journal import Entry, Event

# Choices whose enumeration has no names of its own; the same word means the same everywhere.
CODES: Mapping[str, str | Promise] = {
    "password": _("Password"),
    "passkey": _("Passkey"),
    "link": _("Link"),
    "oidc": "OpenID Connect",
    "saml": "SAML",
    "code": _("Code"),
    "closed": _("Closed account"),
    "provider": _("Company sign-in"),
    "stranger": _("Nobody of this desk"),
    "other_way": _("Must sign in another way"),
    "totp_added": _("Codes of an app added"),
    "totp_removed": _("Codes of an app removed"),
    "passkey_added": _("Passkey added"),
    "passkey_removed": _("Passkey removed"),
    "codes_made": _("Spare codes made"),
    "factors_dropped": _("Second steps dropped"),
    "sessions_ended": _("Signed out everywhere"),
    "set": _("Set"),
    "set_up": _("Set up"),
    "switched_on": _("Switched on"),
    "switched_off": _("Switched off"),
    "rotated": _("Secret renewed"),
    "replayed": _("Sent again"),
    "gone": _("Did not come back"),
    "answered": _("Answered"),
    "pulled": _("Took it"),
    "pushed": _("Was given it"),
    "matched": _("Chosen by reasons"),
    "work_log": _("Time"),
    "expense": _("Expense"),
    "part_use": _("Part"),
    "unit_use": _("Units"),
    "covered": _("Covered"),
    "warranty": _("Warranty"),
    "until_limit": _("Covered until a limit"),
    "partly": _("Partly covered"),
    "chargeable": _("Chargeable"),
    "refused": _("Refused"),
}
# What an id is of, where its field does not say it by itself.
KINDS = {"assignee": "member", "deputy": "member", "key": "api_key", "other": ""}
# What was before stands in the entry before.
BEFORE = ("before", "from_")
Key = tuple[str, int]


def keys_in(entry: Entry) -> Iterator[Key]:
    """Everything that the details name."""
    for field, value in entry.data.items():
        kind = _kind_of(field)
        if kind:
            yield from ((kind, each) for each in _ids(value))


def details_in_words(entry: Entry, names: Mapping[Key, str]) -> str:
    """Names of what it is about besides its subject, and what was chosen."""
    told = [
        each
        for field, value in entry.data.items()
        if not field.startswith(BEFORE)
        and not (value == entry.subject_id and field.endswith("_id"))
        for each in _told(entry, field, value, names)
    ]
    return " · ".join(dict.fromkeys(told))


def _told(entry: Entry, field: str, value: Any, names: Mapping[Key, str]) -> Iterator[str]:
    if kind := _kind_of(field):
        shown = [names[kind, each] for each in _ids(value) if (kind, each) in names]
        if shown:
            yield ", ".join(shown)
    elif chosen := _label(entry.kind, field, value):
        yield chosen


def _kind_of(field: str) -> str:
    """`team_ids` are teams; what is no id is nothing."""
    stem = field.removesuffix("s").removesuffix("_id")
    if stem == field.removesuffix("s") or field in {"user_id", "behalf"}:
        return ""
    return KINDS.get(stem, stem)


def _ids(value: Any) -> list[int]:
    given = value if isinstance(value, list) else [value]
    return [each for each in given if isinstance(each, int) and not isinstance(each, bool)]


def _label(kind: str, field: str, value: Any) -> str:
    choices = _choices(kind).get(field)
    if choices is None or value is None:
        return ""
    try:
        chosen = choices(value)
    except ValueError:
        return ""
    return str(chosen.label) if isinstance(chosen, Choices) else str(CODES.get(value, ""))


@cache
def _choices(kind: str) -> Mapping[str, type[enum.Enum]]:
    """The fields of an event that hold one of some choices."""
    found = next((each for each in _events(Event) if getattr(each, "kind", "") == kind), None)
    hints = typing.get_type_hints(found) if found else {}
    return {
        name: each
        for name, hint in hints.items()
        for each in (hint, *typing.get_args(hint))
        if isinstance(each, type) and issubclass(each, enum.Enum)
    }


def _events(root: type[Any]) -> Iterator[type[Any]]:
    for each in root.__subclasses__():
        yield each
        yield from _events(each)
