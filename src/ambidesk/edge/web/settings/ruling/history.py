"""What a rule did: its runs, the newest first, and who changed it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from ambidesk.across.automation.describing import trigger_in_words
from ambidesk.across.automation.knowing import names_of
from ambidesk.across.automation.models import Rule, RuleVersion, Run, RunState
from ambidesk.edge.web.settings.sections import Section, sections
from ambidesk.edge.web.ui.requests import Request
from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.journal import Entry
from ambidesk.ground.reach.models import User
from ambidesk.support.tickets.models import Ticket

AT_ONCE = 50
BADGES = {RunState.DONE: "done", RunState.DUE: "info", RunState.OFF: ""}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A run in words; `chain` names the rules that led to it, where there were others."""

    run: Run
    cause: str
    badge: str
    chain: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Who changed the rule, when, and how."""

    at: datetime
    who: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryPage:
    """Runs on tickets that the actor sees; `further` is where older ones begin."""

    sections: tuple[Section, ...]
    rule: Rule
    runs: tuple[Told, ...]
    changes: tuple[Change, ...]
    further: int | None
    section: str = "rules"


def show(request: Request, pk: int) -> HttpResponse:
    """Show the runs of a rule; `?before=` is where older ones begin."""
    rule = Rule.objects.filter(pk=pk).first()
    if rule is None:
        raise Http404
    runs = _runs(request, rule)
    names = names_of(number for run in runs for number in run.chain)
    page = HistoryPage(
        sections=sections(request.actor),
        rule=rule,
        runs=tuple(_told(run, names) for run in runs[:AT_ONCE]),
        changes=tuple(_changes(rule)),
        further=runs[AT_ONCE - 1].pk if len(runs) > AT_ONCE else None,
    )
    return render(request, "ruling/runs.html", {"page": page})


def _runs(request: Request, rule: Rule) -> list[Run]:
    seen = Ticket.objects.visible_to(request.actor)
    rows = Run.objects.filter(version__in=rule.versions.all(), ticket__in=seen)
    before = request.GET.get("before", "")
    if before.isdecimal() and len(before) < 18:
        rows = rows.filter(pk__lt=int(before))
    rows = rows.select_related("ticket", "version").order_by("-pk")
    return list(rows[: AT_ONCE + 1])


def _told(run: Run, names: Mapping[int, str]) -> Told:
    chain = [names.get(number, "?") for number in run.chain]
    return Told(
        run=run,
        cause=trigger_in_words(run.trigger),
        badge=BADGES.get(RunState(run.state), "breached"),
        chain=" → ".join(chain) if len(chain) > 1 else "",
    )


def _changes(rule: Rule) -> Iterable[Change]:
    entries = journal.entries_of("rule", rule.pk, limit=AT_ONCE)
    users = User.objects.in_bulk({e.actor_id for e in entries if e.actor_kind == "user"})
    numbers = dict(RuleVersion.objects.filter(rule=rule).values_list("pk", "number"))
    for entry in reversed(entries):
        user = users.get(entry.actor_id or 0) if entry.actor_kind == "user" else None
        who = (user.name or user.email) if user else _("Ambidesk")
        yield Change(at=entry.at, who=who, words=_change(entry, numbers))


def _change(entry: Entry, numbers: Mapping[int, int]) -> str:
    match entry.kind:
        case "automation.rule_written":
            number = numbers.get(entry.data["version_id"], "?")
            return _("wrote version %(number)s") % {"number": number}
        case "automation.rule_switched":
            return _("switched it on") if entry.data["on"] else _("switched it off")
        case "automation.rule_archived":
            return _("archived it") if entry.data["archived"] else _("took it up again")
    return _("changed the order of rules")
