"""
Plans: what a version of a process says, frozen; the first stage is where a run begins.

A transition to several stages opens branches, which come together at its `join`. Guards and
actions are JSON; fields are named by their keys.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy

from ambidesk.ground.fields.rules.spec import Texts

Doing = Mapping[str, Any]


class StageKind(TextChoices):
    """What a stage is."""

    WORK = "work", pgettext_lazy("kind of stage", "Work")
    JOIN = "join", pgettext_lazy("kind of stage", "Branches come together")
    END = "end", pgettext_lazy("kind of stage", "End")


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One line of a checklist."""

    id: int
    text: Texts
    required: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """
    So much working time for each stay in a stage.

    `calendar` is a service calendar, none is every hour of every day; warnings are times left.
    """

    work: timedelta
    calendar: int | None = None
    warnings: tuple[timedelta, ...] = ()
    waits: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """
    One stage; `state` is the state of whatever runs while it is here.

    `team` and `contractor` say who is in charge, by id; x and y are where it is drawn.
    """

    id: int
    name: Texts
    state: str
    kind: StageKind = StageKind.WORK
    team: int | None = None
    contractor: int | None = None
    deadline: Deadline | None = None
    checklist: tuple[Item, ...] = ()
    fields: tuple[str, ...] = ()
    on_entry: tuple[Doing, ...] = ()
    on_exit: tuple[Doing, ...] = ()
    x: int = 0
    y: int = 0

    def item(self, key: int) -> Item | None:
        """Find a line of the checklist."""
        return next((each for each in self.checklist if each.id == key), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """
    A way out of a stage, as a button says it.

    `early` may be gone with the checklist open and fields empty; `reasoned` only with a reason;
    `rework` counts as a return; `approval` is what the client has to approve first, by its name.
    """

    id: int
    source: int
    to: tuple[int, ...]
    label: Texts = field(default_factory=Texts)
    join: int | None = None
    guard: Doing | None = None
    approval: str = ""
    early: bool = False
    reasoned: bool = False
    rework: bool = False

    @property
    def forks(self) -> bool:
        """It opens branches."""
        return len(self.to) > 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """All stages, in the order in which they are read, and all ways between them."""

    stages: tuple[Stage, ...] = ()
    transitions: tuple[Transition, ...] = ()

    def stage(self, key: int) -> Stage | None:
        """Find a stage."""
        return next((each for each in self.stages if each.id == key), None)

    def transition(self, key: int) -> Transition | None:
        """Find a transition."""
        return next((each for each in self.transitions if each.id == key), None)

    def exits(self, stage: int) -> Iterator[Transition]:
        """The ways out of a stage, in their order."""
        return (each for each in self.transitions if each.source == stage)

    def forks(self) -> Iterator[Transition]:
        """The transitions that open branches."""
        return (each for each in self.transitions if each.forks)

    def fork_of(self, join: int) -> Transition | None:
        """The transition whose branches come together at a stage."""
        return next((each for each in self.forks() if each.join == join), None)
