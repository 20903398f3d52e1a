"""
Events: what happened, in the past tense.

Ids, enums and numbers only, never a text: erasing a person needs no rewriting.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import datetime
from decimal import Decimal
from enum import Enum
from typing import Any, ClassVar


class PersonalData(TypeError):  # noqa: N818 names the mistake
    """An event carries a text: the journal never does."""


class WrongKind(TypeError):  # noqa: N818 names the mistake
    """Two classes claim one kind of event, or its name does not fit into the journal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """
    One thing that happened.

    `subject` names the kind of the thing it happened to and the field that holds its id.
    """

    kind: ClassVar[str]
    subject: ClassVar[tuple[str, str]]
    version: ClassVar[int] = 1

    def __init_subclass__(cls) -> None:
        if "kind" in cls.__dict__:
            _register(cls)

    @property
    def subject_id(self) -> int:
        """The id of what it happened to."""
        value = getattr(self, self.subject[1])
        if not isinstance(value, int):
            raise PersonalData(f"{self.kind}: {self.subject[1]} is no id")
        return value

    def data(self) -> dict[str, Any]:
        """
        The form in which the facts lie in the journal.

        Raises:
            PersonalData: a field is a text.
        """
        return {each.name: _impersonal(self, name=each.name) for each in fields(self)}


# The widths of the columns that hold the names.
LONGEST_KIND = 60
LONGEST_SUBJECT = 30
_classes: dict[str, type[Event]] = {}


def all_events() -> tuple[type[Event], ...]:
    """Every kind of event that the imported packages declare."""
    return tuple(_classes.values())


def event_class(kind: str) -> type[Event] | None:
    """Find the class of a kind; None when the kind is no longer written."""
    return _classes.get(kind)


def _register(event: type[Event]) -> None:
    # A dataclass with slots is made twice, under one name.
    there = _classes.get(event.kind)
    if there is not None and _name(there) != _name(event):
        raise WrongKind(f"{event.kind}: {_name(there)} and {_name(event)}")
    if len(event.kind) > LONGEST_KIND or len(event.subject[0]) > LONGEST_SUBJECT:
        raise WrongKind(f"{event.kind}: the kind or its subject is too long")
    _classes[event.kind] = event


def _name(event: type[Event]) -> tuple[str, str]:
    return event.__module__, event.__name__


def _impersonal(event: Event, name: str) -> Any:
    value = getattr(event, name)
    if isinstance(value, list | tuple):
        return [_plain(each, place=f"{event.kind}: {name}") for each in value]
    return _plain(value, place=f"{event.kind}: {name}")


def _plain(value: object, *, place: str) -> Any:
    match value:
        case Enum():
            return value.value
        case None | bool() | int():
            return value
        case Decimal():
            return str(value)
        case datetime():
            return value.isoformat()
    raise PersonalData(f"{place} is a {type(value).__name__}")


Upcaster = Callable[[dict[str, Any]], dict[str, Any]]
_upcasters: dict[tuple[str, int], Upcaster] = {}


def upcast(kind: str, version: int, *, data: dict[str, Any]) -> dict[str, Any]:
    """Bring data of an older version of an event to the form of today."""
    while (step := _upcasters.get((kind, version))) is not None:
        data = step(data)
        version += 1
    return data


def upcaster(kind: str, version: int) -> Callable[[Upcaster], Upcaster]:
    """Register how data of this version become those of the next."""

    def register(step: Upcaster) -> Upcaster:
        _upcasters[kind, version] = step
        return step

    return register
