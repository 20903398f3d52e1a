"""A try on the past: begun from the editor as it stands, watched, stopped, and its result."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from ambidesk.across.automation.describing import Sentence, sentence_of, trigger_in_words
from ambidesk.across.automation.models import Outcome, Rule, Trial, TrialCase
from ambidesk.across.automation.saying import kept_said
from ambidesk.across.automation.trials.beginning import Asked, begin_trial, stop_trial
from ambidesk.across.automation.trials.judging import questions
from ambidesk.across.automation.writing import read_rule
from ambidesk.edge.web.settings.ruling.form import RuleForm, text_of
from ambidesk.edge.web.ui.icons import VERDICTS as ICONS
from ambidesk.edge.web.ui.requests import Request
from ambidesk.ground.conditions.describing import in_words
from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.ground.reach.actor import Actor
from ambidesk.support.tickets.fields import TICKET_VOCABULARY
from ambidesk.support.tickets.models import Ticket

PERIODS = {
    "7": _("the last 7 days"),
    "30": _("the last 30 days"),
    "90": _("the last 90 days"),
    "365": _("the last year"),
}
SHOWN = 50
SIGNS = {True: ICONS["held"], False: ICONS["not"], None: ICONS["unknown"]}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A question of the condition, and how it was answered: a sign, and a word for it."""

    words: str
    icon: str
    verdict: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One cause that was judged, with each question."""

    case: TrialCase
    cause: str
    answers: tuple[Answered, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialView:
    """A trial as it stands."""

    trial: Trial
    sentence: Sentence
    outcome: str
    cases: tuple[Told, ...]
    is_cut: bool

    @property
    def tallies(self) -> tuple[tuple[str, object, int], ...]:
        """How many causes came to which outcome."""
        counts = (self.trial.yes, self.trial.unknown, self.trial.no)
        pairs = zip((Outcome.YES, Outcome.UNKNOWN, Outcome.NO), counts, strict=True)
        return tuple((each.value, each.label, number) for each, number in pairs)


def begin(request: Request) -> HttpResponse:
    """Begin to try what the form says."""
    given = request.POST.copy()
    # It may be tried before it has a name.
    given["name"] = given.get("name") or "?"
    form = RuleForm(given)
    days = request.POST.get("period", "30")
    try:
        if days not in PERIODS:
            raise Http404
        if not form.is_valid():
            words = str(next(iter(form.errors.values()))[0])
            return render(request, "ruling/trial.html", {"refusal": words})
        said = read_rule(text_of(form.cleaned_data), by=request.actor)
        asked = Asked(
            said=said,
            since=request.at - timedelta(days=int(days)),
            until=request.at,
            rule=_rule(request.POST.get("rule", "")),
        )
        trial = begin_trial(asked, by=request.actor, at=request.at)
    except Refusal as refused:
        return render(request, "ruling/trial.html", {"refusal": str(refused)})
    return _shown(request, trial)


def show(request: Request, pk: int) -> HttpResponse:
    """Show a trial as it stands; `?outcome=` chooses which causes."""
    return _shown(request, _own(request, pk))


def stop(request: Request, pk: int) -> HttpResponse:
    """Stop a trial."""
    return _shown(request, stop_trial(_own(request, pk), at=request.at))


def _shown(request: Request, trial: Trial) -> HttpResponse:
    asked = request.GET.get("outcome", "")
    outcome = asked if asked in Outcome.values else Outcome.YES.value
    seen = Ticket.objects.visible_to(request.actor)
    rows = trial.cases.filter(outcome=outcome, ticket__in=seen).select_related("ticket")
    cases = list(rows.order_by("-at", "-pk")[: SHOWN + 1])
    view = TrialView(
        trial=trial,
        sentence=sentence_of(trial.said, actor=request.actor),
        outcome=outcome,
        cases=tuple(_told(cases[:SHOWN], trial, request.actor)),
        is_cut=len(cases) > SHOWN,
    )
    return render(request, "ruling/trial.html", {"view": view})


def _told(cases: Sequence[TrialCase], trial: Trial, actor: Actor) -> Iterable[Told]:
    condition = kept_said(trial.said).condition
    asked = list(questions(condition)) if condition else []
    words = [in_words(each, TICKET_VOCABULARY, actor=actor) for each in asked]
    for case in cases:
        yield Told(
            case=case,
            cause=trigger_in_words(case.trigger),
            answers=tuple(
                Answered(words=each, icon=SIGNS[verdict], verdict=str(VERDICTS[verdict]))
                for each, verdict in zip(words, case.verdicts, strict=False)
            ),
        )


VERDICTS: Mapping[bool | None, object] = {
    True: _("held"),
    False: _("did not hold"),
    None: _("nobody can know"),
}


def _own(request: Request, pk: int) -> Trial:
    trial = Trial.objects.filter(pk=pk, user=request.actor.user_id).first()
    if trial is None:
        raise Http404
    return trial


def _rule(given: str) -> Rule | None:
    if not given.isdecimal() or len(given) >= 18:
        return None
    return Rule.objects.filter(pk=int(given)).first()
