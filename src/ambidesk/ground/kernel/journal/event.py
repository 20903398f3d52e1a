"""Events: what happened, past tense, ids, enums and numbers only, so that erasing needs no rewriting."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import datetime
from decimal import Decimal
from enum import Enum
from typing import Any, ClassVar

Impersonal = int | bool | None | Decimal | datetime | Enum


class PersonalData(TypeError):
    """An event carries a text: the journal never does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """
    One thing that happened.

    `subject` names the kind of the thing it happened to and the field that holds its id.
    """

    kind: ClassVar[str]
    subject: ClassVar[tuple[str, str]]
    version: ClassVar[int] = 1

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
        return {each.name: _impersonal(self, each.name) for each in fields(self)}


def _impersonal(event: Event, name: str) -> Any:
    value = getattr(event, name)
    if isinstance(value, list | tuple):
        return [_plain(event, name, each) for each in value]
    return _plain(event, name, value)


def _plain(event: Event, name: str, value: object) -> Any:
    match value:
        case Enum():
            return value.value
        case None | bool() | int():
            return value
        case Decimal():
            return str(value)
        case datetime():
            return value.isoformat()
    raise PersonalData(f"{event.kind}: {name} is a {type(value).__name__}")


Upcaster = Callable[[dict[str, Any]], dict[str, Any]]
_upcasters: dict[tuple[str, int], Upcaster] = {}


def upcast(kind: str, version: int, data: dict[str, Any]) -> dict[str, Any]:
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
