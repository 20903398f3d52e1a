"""
Values: typed by the kind of their field, read from a form and from JSON, written, and said.

Words, an exact number, yes or no, a day, an instant, the ids of choices, or somebody.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from decimal import Decimal
from typing import Any, TypeAlias

from django.utils.formats import date_format, number_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import override

from ambidesk.ground.fields.rules import checking
from ambidesk.ground.fields.rules.refusals import NotAnOption, NotAPerson, WrongValue
from ambidesk.ground.fields.rules.spec import CHOSEN, NUMBERS, Kind, Spec


@dataclass(frozen=True, slots=True, kw_only=True)
class Somebody:
    """A person by id; `name` is what they are called, where it was read with them."""

    id: int
    name: str = field(default="", compare=False)

    def __str__(self) -> str:
        return self.name or f"#{self.id}"


Value: TypeAlias = str | Decimal | bool | date | datetime | tuple[int, ...] | Somebody
YES, NO = "yes", "no"
# How a person who was chosen stands in a control: what they are called, and who they are.
NAMED = re.compile(r"(?:(?P<name>.*)\s)?#?(?P<id>[0-9]{1,15})")


def typed(spec: Spec, given: Sequence[str], *, zone: tzinfo) -> Value | None:
    """
    Read what was typed or chosen in a form; None is no answer. `zone` is that of the typist.

    Raises:
        a FieldRefusal: it is no value of this field.
    """
    said = [each.strip() for each in given if each.strip()]
    if not said:
        return None
    if spec.kind in CHOSEN:
        return _chosen(spec, [_key(spec, each) for each in said])
    if spec.kind is Kind.YES:
        if said[0] not in {YES, NO}:
            raise WrongValue(field=spec.name)
        return said[0] == YES
    if spec.kind is Kind.PERSON:
        return _somebody(spec, said[0])
    return checking.read(spec, said[0], zone=zone)


def read(spec: Spec, given: Any) -> Value | None:
    """
    Read a value from JSON: texts, numbers (or texts of them), true and false, ids.

    Raises:
        a FieldRefusal: it is no value of this field.
    """
    if given is None or given in ("", []):
        return None
    if spec.kind in CHOSEN:
        return _chosen(spec, given if isinstance(given, list | tuple) else [given])
    if spec.kind is Kind.YES and isinstance(given, bool):
        return given
    if spec.kind is Kind.PERSON:
        if type(given) is not int:
            raise NotAPerson(field=spec.name)
        return Somebody(id=given)
    is_number = spec.kind in NUMBERS and isinstance(given, int | float)
    if isinstance(given, bool) or not (isinstance(given, str) or is_number):
        raise WrongValue(field=spec.name)
    if spec.kind is Kind.YES:
        raise WrongValue(field=spec.name)
    return checking.read(spec, str(given), zone=None)


def written(value: Value | None) -> Any:
    """Write a value as JSON; reading it gives the same value."""
    match value:
        case None | bool() | str():
            return value
        case Decimal():
            # One number has one form, however many digits its column keeps.
            return format(value.normalize(), "f")
        case tuple():
            return list(value)
        case Somebody():
            return value.id
    return value.isoformat()


def kept(spec: Spec, given: Any) -> Value | None:
    """Read a value that was written when it fitted, whatever its field takes now."""
    if isinstance(given, list):
        return tuple(given)
    if spec.kind in NUMBERS:
        return None if given is None else Decimal(given)
    if spec.kind is Kind.PERSON:
        return Somebody(id=given) if given else None
    readers = {Kind.DAY: date.fromisoformat, Kind.INSTANT: datetime.fromisoformat}
    reader = readers.get(spec.kind)
    return reader(given) if reader and given else given


def in_words(spec: Spec, value: Value | None, *, language: str) -> str:
    """Say a value to a person who reads a language; numbers and dates by the active locale."""
    match value:
        case tuple():
            return ", ".join(_option(spec, each, language) for each in value)
        case bool():
            return _("Yes") if value else _("No")
        case Decimal():
            return " ".join(filter(None, (_number(spec, value), spec.unit)))
        case datetime():
            return date_format(localtime(value), "SHORT_DATETIME_FORMAT")
        case date():
            return date_format(value, "SHORT_DATE_FORMAT")
    return str(value or "")


def as_typed(value: Value | None, *, zone: tzinfo) -> tuple[str, ...]:
    """A value as a form's control holds it; `typed` reads the same value out of it."""
    match value:
        case None:
            return ()
        case bool():
            return (YES if value else NO,)
        case tuple():
            return tuple(map(str, value))
        case datetime():
            return (value.astimezone(zone).strftime("%Y-%m-%dT%H:%M"),)
        case Somebody():
            return (f"{value.name} #{value.id}".strip(),)
    return (str(written(value)),)


def yes_and_no(language: str) -> tuple[tuple[str, str], ...]:
    """Give the two answers with their words in a language."""
    with override(language):
        return ((YES, _("Yes")), (NO, _("No")))


def _number(spec: Spec, value: Decimal) -> str:
    exact = round(value, checking.digits_of(spec))
    shown = exact if spec.kind is Kind.MONEY else exact.normalize()
    return number_format(format(shown, "f"), use_l10n=True, force_grouping=True)


def _option(spec: Spec, key: int, language: str) -> str:
    path = [each.label.said(language) for each in spec.path_of(key)]
    return " / ".join(path) if path else "?"


def _somebody(spec: Spec, said: str) -> Somebody:
    found = NAMED.fullmatch(said)
    if found is None:
        raise NotAPerson(field=spec.name)
    return Somebody(id=int(found["id"]), name=(found["name"] or "").strip())


def _key(spec: Spec, given: str) -> int:
    if not (given.isascii() and given.isdecimal() and len(given) < 19):
        raise NotAnOption(field=spec.name)
    return int(given)


def _chosen(spec: Spec, given: Sequence[object]) -> tuple[int, ...]:
    if spec.kind not in CHOSEN or any(type(each) is not int for each in given):
        raise NotAnOption(field=spec.name)
    wanted = set(given)
    # In the order of the field, each once.
    found = tuple(each.id for each in spec.options if each.id in wanted and not each.is_archived)
    if len(found) != len(wanted) or (len(found) > 1 and spec.kind is not Kind.SEVERAL):
        raise NotAnOption(field=spec.name)
    return found
