"""
Flows: the steps of a script, frozen; the first one is where a walk begins.

A step goes on by the first of its ways whose condition holds, else to `then`; None is the next.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

LANGUAGES = ("ru", "en")


class StepKind(TextChoices):
    """What a step does."""

    SAY = "say", _("Say")
    ASK = "ask", _("Ask")
    DO = "do", pgettext_lazy("step of a script", "Do")
    END = "end", pgettext_lazy("step of a script", "End")


class AnswerKind(TextChoices):
    """What an answer is."""

    ONE = "one", _("One choice")
    SEVERAL = "several", _("Several choices")
    TEXT = "text", _("Short text")
    NUMBER = "number", _("Number")
    DAY = "day", _("Date")


CHOSEN = frozenset({AnswerKind.ONE, AnswerKind.SEVERAL})


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """The same words in the languages of the product; empty where nobody wrote them."""

    ru: str = ""
    en: str = ""

    def said(self, language: str) -> str:
        """The words in a language, else in the other one."""
        first, second = (self.ru, self.en) if language == "ru" else (self.en, self.ru)
        return first or second

    @property
    def is_empty(self) -> bool:
        """Nobody wrote a word."""
        return not (self.ru.strip() or self.en.strip())


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One answer that can be chosen."""

    id: int
    label: Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """Where it goes on when a condition holds, which is kept as JSON."""

    when: Mapping[str, Any]
    to: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """
    One step; `text` is said, asked, or names what is done or how it ended.

    `solved` says of an end that the matter is settled.
    """

    id: int
    kind: StepKind
    text: Texts = field(default_factory=Texts)
    answer: AnswerKind = AnswerKind.ONE
    required: bool = True
    options: tuple[Option, ...] = ()
    actions: tuple[Mapping[str, Any], ...] = ()
    ways: tuple[Way, ...] = ()
    then: int | None = None
    solved: bool = True

    @property
    def is_end(self) -> bool:
        """Nothing comes after it."""
        return self.kind is StepKind.END


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """All steps, in the order in which they are read."""

    steps: tuple[Step, ...] = ()

    def step(self, key: int) -> Step | None:
        """Find a step."""
        return next((each for each in self.steps if each.id == key), None)

    def then(self, step: Step) -> int | None:
        """Say where a step goes on when no condition of its ways holds; None is nowhere."""
        if step.is_end or step.then is not None:
            return step.then
        place = self.steps.index(step) + 1
        return self.steps[place].id if place < len(self.steps) else None

    def exits(self, step: Step) -> Iterator[int]:
        """Each step that may come next, those of conditions first."""
        if step.is_end:
            return
        yield from (way.to for way in step.ways)
        last = self.then(step)
        if last is not None:
            yield last
