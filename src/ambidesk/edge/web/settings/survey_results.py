"""What a survey asks and what came of it, on tickets that the reader may see."""

from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from ambidesk.edge.web.settings.sections import Section, sections
from ambidesk.edge.web.ui.requests import Request
from ambidesk.relation.feedback.models import Spared, Survey
from ambidesk.relation.feedback.results import Result
from ambidesk.relation.feedback.sampling import candidates
from ambidesk.relation.feedback.tallying import Outcome, outcome_of
from ambidesk.relation.feedback.wording import Choice, choices_of, question_of
from ambidesk.support.tickets.models import Ticket

# More than this are told as "more than".
COUNTED = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One mark, how often it was given, and its part of the most frequent one in percent."""

    choice: Choice
    number: int
    percent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultsPage:
    """A survey and what came of it; `waiting` is whom it would ask now, None of closing ones."""

    section: str
    sections: tuple[Section, ...]
    survey: Survey
    back: str
    question: str
    choices: tuple[Choice, ...]
    outcome: Outcome
    rate: int | None
    bars: tuple[Bar, ...]
    spared: tuple[tuple[str, int], ...]
    words: tuple[Result, ...]
    waiting: int | None
    counted: int = COUNTED


def show(request: Request, pk: int) -> HttpResponse:
    """Show the question as people see it, and the answers so far."""
    survey = Survey.objects.filter(pk=pk).first()
    if survey is None:
        raise Http404
    seen = Ticket.objects.visible_to(request.actor)
    outcome = outcome_of(survey, among=seen)
    rate = round(100 * outcome.answered / outcome.asked) if outcome.asked else None
    spared = ((str(Spared(why).label), number) for why, number in outcome.spared.items())
    page = ResultsPage(
        section="surveys",
        sections=sections(request.actor),
        survey=survey,
        back=reverse("settings-surveys-one", args=[pk]),
        question=question_of(survey),
        choices=choices_of(survey.kind),
        outcome=outcome,
        rate=rate,
        bars=_bars(survey, outcome),
        spared=tuple(spared),
        words=outcome.words,
        waiting=_waiting(request, survey) if survey.is_periodic else None,
    )
    return render(request, "survey_results.html", {"page": page})


def _waiting(request: Request, survey: Survey) -> int:
    rows = candidates(survey, at=request.at).visible_to(request.actor)
    return len(rows.values_list("pk")[: COUNTED + 1])


def _bars(survey: Survey, outcome: Outcome) -> tuple[Bar, ...]:
    most = max(outcome.marks.values(), default=0)
    return tuple(
        Bar(
            choice=choice,
            number=outcome.marks.get(choice.score, 0),
            percent=round(100 * outcome.marks.get(choice.score, 0) / most) if most else 0,
        )
        for choice in reversed(choices_of(survey.kind))
    )
