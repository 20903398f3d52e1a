"""What a ticket's page shows of scripts: the run under way, proposals, answers of all runs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.utils.translation import get_language

from ambidesk.ground.reach.actor import Actor
from ambidesk.support.desk.phrasing import fill_many
from ambidesk.support.desk.steps.step import kept_steps
from ambidesk.support.desk.steps.words import in_words_each
from ambidesk.support.scripts.models import Run, RunState
from ambidesk.support.scripts.resuming import walk_of
from ambidesk.support.scripts.rights import ScriptRight
from ambidesk.support.scripts.rules import answers
from ambidesk.support.scripts.rules.flow import Step, StepKind
from ambidesk.support.scripts.rules.walking import Walk
from ambidesk.support.tickets.models import Ticket

SHOWN = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """An answer to choose, with the digit that chooses it."""

    value: str
    label: str
    digit: str
    is_chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A question and what was answered."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StepView:
    """A step as it is shown: `text` to the operator, `said` in the customer's language."""

    step: Step
    text: str
    said: str
    actions: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()
    value: str = ""
    error: str = ""

    @property
    def kind(self) -> str:
        """What the step does."""
        return self.step.kind.value

    @property
    def answer(self) -> str:
        """What kind of answer is asked for."""
        return self.step.answer.value if self.step.kind is StepKind.ASK else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunView:
    """A run as the card and the panel show it; `now` is the step under way or the end."""

    run: Run
    name: str
    told: tuple[Told, ...]
    now: StepView
    place: int
    can_run: bool

    @property
    def is_running(self) -> bool:
        """It goes on."""
        return self.run.state == RunState.RUNNING

    @property
    def is_stopped(self) -> bool:
        """It was stopped before its end."""
        return self.run.state == RunState.STOPPED

    @property
    def summary(self) -> str:
        """What was answered, in one line."""
        return "; ".join(f"{each.question} {each.answer}" for each in self.told)

    @property
    def keep(self) -> str:
        """Changes when the step is another one, so that nothing typed is lost before."""
        return f"{self.run.pk}.{self.run.position}.{self.run.moved_at.timestamp()}.{self.now.error}"


def runs_beside() -> ArraySubquery:
    """The latest runs of a ticket, read with it."""
    rows = Run.objects.filter(ticket=OuterRef("pk")).order_by("-pk")
    return ArraySubquery(rows.values(row=JSONObject(id="pk"))[:SHOWN])


def read_runs(
    ticket: Ticket, beside: Iterable[Mapping[str, Any]], *, by: Actor
) -> tuple[RunView, ...]:
    """Read the runs that were found beside a ticket, the newest first."""
    keys = [row["id"] for row in beside]
    if not keys:
        return ()
    rows = Run.objects.filter(pk__in=keys).select_related("version__script", "moved_by")
    return tuple(_view(run, ticket, by) for run in rows.order_by("-pk"))


def with_error(view: RunView, words: str, *, given: Iterable[str]) -> RunView:
    """Show what is wrong with an answer beside it, and what was typed."""
    given = list(given)
    choices = tuple(replace(each, is_chosen=each.value in given) for each in view.now.choices)
    now = replace(view.now, error=words, value=next(iter(given), ""), choices=choices)
    return replace(view, now=now)


def step_view(walk: Walk, *, language: str, customer: str) -> StepView:
    """Show the step at which a walk stands, in the operator's and in the customer's language."""
    step, remembered = walk.step, walk.remembered
    chosen = remembered if isinstance(remembered, tuple) else ()
    return StepView(
        step=step,
        text=step.text.said(language),
        said=step.text.said(customer),
        actions=tuple(in_words_each([[each] for each in kept_steps(step.actions)])),
        choices=tuple(
            Choice(
                value=str(option.id),
                label=option.label.said(language),
                digit=str(place) if place < 10 else "",
                is_chosen=option.id in chosen,
            )
            for place, option in enumerate(step.options, start=1)
        ),
        value="" if chosen or remembered is None else str(answers.kept(remembered)),
    )


def _view(run: Run, ticket: Ticket, by: Actor) -> RunView:
    walk = walk_of(run)
    language = (get_language() or "en")[:2]
    now = step_view(
        walk, language=language, customer=ticket.requester.language or ticket.brand.language
    )
    if walk.step.kind in {StepKind.SAY, StepKind.ASK} and run.state == RunState.RUNNING:
        # Filled in before it is shown: what leaves is what was seen.
        now = replace(now, said=fill_many(now.said, [ticket], by=by)[ticket.pk])
        now = replace(now, text=fill_many(now.text, [ticket], by=by)[ticket.pk])
    return RunView(
        run=run,
        name=run.version.script.name,
        told=tuple(_told(walk, language)),
        now=now,
        place=len(walk.passed) + 1,
        can_run=by.may(ScriptRight.RUN),
    )


def _told(walk: Walk, language: str) -> Iterable[Told]:
    for passed in walk.passed:
        step = walk.flow.step(passed.step)
        if step is not None and passed.answer is not None:
            said = answers.in_words(step, passed.answer, language=language)
            yield Told(question=step.text.said(language), answer=said)
