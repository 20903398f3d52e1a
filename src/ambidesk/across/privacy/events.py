"""What happened to rules of retention and to the data of persons."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from ambidesk.ground.kernel.journal import Event


class RetentionChange(StrEnum):
    """What was done to a rule."""

    SET = "set"
    SWITCHED_ON = "switched_on"
    SWITCHED_OFF = "switched_off"


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionChanged(Event):
    """Somebody changed for how long something is kept."""

    kind: ClassVar[str] = "privacy.retention_changed"
    subject: ClassVar[tuple[str, str]] = ("retention_rule", "rule_id")

    rule_id: int
    change: RetentionChange
    months: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonExported(Event):
    """Somebody took the data of a person."""

    kind: ClassVar[str] = "privacy.exported"
    subject: ClassVar[tuple[str, str]] = ("person", "person_id")

    person_id: int
