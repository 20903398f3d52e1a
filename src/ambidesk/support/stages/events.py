"""What happened to tickets in their processes; ids and numbers only."""

from dataclasses import dataclass
from typing import ClassVar

from ambidesk.ground.kernel.journal import Event

TICKET = ("ticket", "ticket_id")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessBegun(Event):
    """A ticket goes by a version of a process from now on."""

    kind: ClassVar[str] = "stages.begun"
    subject: ClassVar[tuple[str, str]] = TICKET

    ticket_id: int
    run_id: int
    version_id: int
    stage: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StagePassed(Event):
    """A transition was taken; `left` and `entered` are stages of the version."""

    kind: ClassVar[str] = "stages.passed"
    subject: ClassVar[tuple[str, str]] = TICKET

    ticket_id: int
    run_id: int
    version_id: int
    transition: int
    left: list[int]
    entered: list[int]
    rework: bool
    ended: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LineTicked(Event):
    """A line of the checklist was done, or is to be done again."""

    kind: ClassVar[str] = "stages.ticked"
    subject: ClassVar[tuple[str, str]] = TICKET

    ticket_id: int
    run_id: int
    version_id: int
    stage: int
    item: int
    done: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcessConverted(Event):
    """The ticket goes by another process, or another version, from a stage of it on."""

    kind: ClassVar[str] = "stages.converted"
    subject: ClassVar[tuple[str, str]] = TICKET

    ticket_id: int
    run_id: int
    before_id: int
    version_id: int
    stage: int
    ticked: list[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class MilestonesSet(Event):
    """Days and budgets of stages were planned, or planned otherwise; `stages` are the changed."""

    kind: ClassVar[str] = "stages.planned"
    subject: ClassVar[tuple[str, str]] = TICKET

    ticket_id: int
    run_id: int
    version_id: int
    stages: list[int]


@dataclass(frozen=True, slots=True, kw_only=True)
class StageTermsChosen(Event):
    """
    A promise of the contract holds for a stay from now on; None is what the process says.

    The first one holds from when the stage was entered.
    """

    kind: ClassVar[str] = "stages.terms_chosen"
    subject: ClassVar[tuple[str, str]] = TICKET

    ticket_id: int
    run_id: int
    version_id: int
    stay_id: int
    promise_id: int | None
    calendar_version_id: int | None
