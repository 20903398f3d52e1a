"""
Branching: the one condition language, over a ticket and the answers of a run.

A question is asked as `answer.3`; of several choices each is asked as `answer.3.1`, yes or no.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, NoReturn

from django.utils.timezone import get_current_timezone
from django.utils.translation import get_language

from ambidesk.ground.conditions.binding import bind
from ambidesk.ground.conditions.evaluating import holds
from ambidesk.ground.conditions.fields import (
    Boolean,
    Choice,
    Derived,
    Field,
    Instant,
    Number,
    Option,
    Text,
)
from ambidesk.ground.conditions.parsing import read
from ambidesk.ground.conditions.vocabularies import Vocabulary
from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.ground.reach.actor import Actor
from ambidesk.support.scripts.rules.answers import Answer
from ambidesk.support.scripts.rules.checking import Flaw, flaws_of
from ambidesk.support.scripts.rules.flow import AnswerKind, Flow, Step, StepKind
from ambidesk.support.scripts.rules.walking import Answers, Chooser
from ambidesk.support.tickets.fields import TICKET_VOCABULARY, asker_of
from ambidesk.support.tickets.models import Tagging, Ticket


@dataclass(frozen=True, slots=True)
class Situation:
    """A ticket with the answers of a run beside it: fields of both are read from it."""

    ticket: Ticket | None
    answers: Mapping[int, Answer]

    def __getattr__(self, name: str) -> Any:
        """Give what the ticket has; without a ticket, as in a rehearsal, nothing is known."""
        if self.ticket is None:
            return Tagging.objects.none() if name == "taggings" else None
        return getattr(self.ticket, name)


def vocabulary_of(flow: Flow) -> Vocabulary:
    """What conditions of this flow may ask: its own questions, then all of tickets."""
    own = [field for step in flow.steps if step.kind is StepKind.ASK for field in _fields(step)]
    return Vocabulary(
        name="script",
        fields=(*own, *TICKET_VOCABULARY.fields),
        relations=TICKET_VOCABULARY.relations,
    )


def chooser(flow: Flow, ticket: Ticket | None, *, by: Actor, at: datetime) -> Chooser:
    """Say which way is gone from a step: the first whose condition holds now."""
    vocabulary = vocabulary_of(flow)
    asker = asker_of(by, at=at)

    def choose(step: Step, answers: Answers) -> int | None:
        situation = Situation(ticket, answers)
        for way in step.ways:
            try:
                condition = read(way.when, vocabulary)
            except Refusal:
                # What it asked for is gone since: it holds for nobody, as in saved views.
                continue
            asked = bind(condition, vocabulary, asker=asker)
            if holds(asked, situation, at=at):
                return way.to
        return None

    return choose


def all_flaws(flow: Flow) -> tuple[Flaw, ...]:
    """List what keeps a flow from being published, its conditions with it."""
    vocabulary = vocabulary_of(flow)
    found = list(flaws_of(flow))
    for step in flow.steps:
        for way in step.ways:
            try:
                read(way.when, vocabulary)
            except Refusal as senseless:
                found.append(Flaw(words=str(senseless), step=step.id))
    return tuple(found)


def _fields(step: Step) -> Iterator[Field]:
    language = (get_language() or "en")[:2]
    label, name = step.text.said(language) or f"#{step.id}", f"answer.{step.id}"
    match step.answer:
        case AnswerKind.ONE:
            options = tuple(
                Option(value=str(each.id), label=each.label.said(language)) for each in step.options
            )
            yield Choice(
                name=name,
                label=label,
                options=options,
                derived=_answered(step, _one),
                nullable=True,
            )
        case AnswerKind.SEVERAL:
            for each in step.options:
                yield Boolean(
                    name=f"{name}.{each.id}",
                    label=f"{label}: {each.label.said(language)}",
                    derived=_answered(step, _holding(each.id)),
                )
        case AnswerKind.TEXT:
            yield Text(name=name, label=label, derived=_answered(step, str), nullable=True)
        case AnswerKind.NUMBER:
            derived = _answered(step, lambda answer: Decimal(str(answer)))
            yield Number(name=name, label=label, whole=False, derived=derived, nullable=True)
        case AnswerKind.DAY:
            yield Instant(name=name, label=label, derived=_answered(step, _morning), nullable=True)


def _answered(step: Step, known: Callable[[Any], object]) -> Derived:
    def read_answer(row: Situation, _at: datetime) -> object:
        answer = row.answers.get(step.id)
        return None if answer is None else known(answer)

    return Derived(sql=_no_set, read=read_answer)


def _no_set(_at: datetime) -> NoReturn:
    raise TypeError("answers are asked for one run, not for sets of tickets")


def _one(answer: tuple[int, ...]) -> str:
    return str(answer[0])


def _holding(option: int) -> Callable[[tuple[int, ...]], bool]:
    return lambda answer: option in answer


def _morning(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=get_current_timezone())
