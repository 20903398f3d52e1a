"""The list of rules: their order, their switches, each in a sentence."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Max, Q
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from ambidesk.across.automation.describing import Sentence, sentences_of
from ambidesk.across.automation.models import Rule, RuleVersion, Run, RunState
from ambidesk.across.automation.saying import NotARule
from ambidesk.across.automation.writing import order_rules, switch_rule
from ambidesk.edge.web.settings import pages
from ambidesk.edge.web.settings.ruling.noun import RULES
from ambidesk.edge.web.settings.sections import Section, sections
from ambidesk.edge.web.ui.requests import Request

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A rule of the list, in words, with how often it ran within a week."""

    rule: Rule
    sentence: Sentence
    ran: int
    last_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesPage:
    """The rules that are in use, in their order, and those that were put away."""

    sections: tuple[Section, ...]
    rows: tuple[Row, ...]
    archived: tuple[Rule, ...]
    section: str = "rules"
    noun: object = RULES


def show(request: Request) -> HttpResponse:
    """Show the rules."""
    rules = list(Rule.objects.filter(archived_at=None))
    versions = RuleVersion.objects.filter(rule__in=rules).order_by("rule", "number")
    said = {row.rule_id: row.said for row in versions}
    words = sentences_of([said[rule.pk] for rule in rules], actor=request.actor)
    ran = _ran(request.at - WEEK)
    page = RulesPage(
        sections=sections(request.actor),
        rows=tuple(
            Row(rule=rule, sentence=sentence, ran=number, last_at=last)
            for rule, sentence in zip(rules, words, strict=True)
            for number, last in [ran.get(rule.pk, (0, None))]
        ),
        archived=tuple(Rule.objects.exclude(archived_at=None).order_by("name")),
    )
    return render(request, "ruling/rules.html", {"page": page})


def order(request: Request) -> HttpResponse:
    """Put the rules into another order."""
    numbers = [int(each) for each in request.POST.getlist("rule") if each.isdecimal()]
    order_rules(numbers, by=request.actor, at=request.at)
    return HttpResponse(status=204)


def switch(request: Request, pk: int) -> HttpResponse:
    """Switch a rule on or off."""
    rule = Rule.objects.filter(pk=pk).first()
    if rule is None:
        raise Http404
    if request.POST.get("on") not in {"0", "1"}:
        raise NotARule
    on = request.POST["on"] == "1"
    switch_rule(rule, on=on, by=request.actor, at=request.at)
    back = request.POST.get("back") == "one"
    if back:
        return pages.to(reverse("settings-rules-one", args=[rule.pk]))
    words = _("“%(name)s” is on.") if on else _("“%(name)s” is off.")
    return pages.done(request, words % {"name": rule}, section="rules")


def _ran(since: datetime) -> dict[int, tuple[int, datetime | None]]:
    rows = Run.objects.filter(state=RunState.DONE).values_list("version__rule").order_by()
    recent = rows.annotate(number=Count("pk", filter=Q(ended_at__gt=since)), last=Max("ended_at"))
    return {rule: (number, last) for rule, number, last in recent}
