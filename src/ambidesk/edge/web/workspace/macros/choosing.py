"""The macros for a ticket: a list, what each would do, and doing it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ambidesk.edge.web.ui.requests import Request
from ambidesk.edge.web.workspace.ticket.answer import changed
from ambidesk.edge.web.workspace.ticket.page import visible_ticket
from ambidesk.ground.fields.models import Definition
from ambidesk.ground.fields.rules.values import in_words
from ambidesk.ground.fields.rules.values import kept as kept_value
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.staff.models import Member, Team
from ambidesk.service.catalogue.models import Category, RequestType, Tag
from ambidesk.support.desk.batches.beginning import apply_macro
from ambidesk.support.desk.macros.choosing import macros_for
from ambidesk.support.desk.macros.previewing import Preview, preview
from ambidesk.support.desk.models import Macro
from ambidesk.support.desk.steps.step import kept_steps
from ambidesk.support.desk.steps.words import in_words_each
from ambidesk.support.tickets.models import Priority, State, Ticket
from ambidesk.support.tickets.snapshots import Snapshot

SHOWN = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A macro of the list, with its steps in one line."""

    macro: Macro
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One property of a ticket as it is and as it would be."""

    label: str
    before: str
    after: str


def show(request: Request, number: int) -> HttpResponse:
    """List the macros that fit the ticket, the most used first."""
    ticket = visible_ticket(request.actor, number)
    rows = list(macros_for([ticket.brand_id], by=request.actor)[:SHOWN])
    said = in_words_each([kept_steps(row.steps) for row in rows])
    entries = [Entry(macro=row, words=words) for row, words in zip(rows, said, strict=True)]
    return render(request, "macros/list.html", {"ticket": ticket, "entries": entries})


def try_out(request: Request, number: int, macro: int) -> HttpResponse:
    """Say what a macro would do with the ticket; nothing of it stays."""
    ticket = visible_ticket(request.actor, number)
    row = _fitting(request.actor, ticket, macro)
    tried = preview(row, ticket, by=request.actor, at=request.at)
    facts = {"ticket": ticket, "macro": row, "preview": tried, "differences": differences(tried)}
    return render(request, "macros/preview.html", facts)


def apply(request: Request, number: int, macro: int) -> HttpResponse:
    """Apply a macro to the ticket."""
    ticket = visible_ticket(request.actor, number)
    row = _fitting(request.actor, ticket, macro)
    batch = apply_macro(row, ticket, by=request.actor, at=request.at)
    undo = reverse("batch-undoing", args=[batch.pk])
    return changed(request, number, row.name, undo=undo, happened={"applied": {"number": number}})


def differences(tried: Preview) -> tuple[Difference, ...]:
    """Put into words what would change."""
    if tried.before is None or tried.after is None:
        return ()
    return tuple(_differences(tried.before, tried.after))


def _differences(before: Snapshot, after: Snapshot) -> Iterator[Difference]:
    moved = before.changed(after)
    for name, label, said in (
        ("state", _("State"), lambda value: str(State(value).label)),
        ("assignee_id", _("Assignee"), lambda value: _name(Member, value, _("Nobody"))),
        ("team_id", _("Team"), lambda value: _name(Team, value, _("No team"))),
        ("priority", _("Priority"), lambda value: str(Priority(value).label)),
        ("category_id", _("Category"), lambda value: _name(Category, value, _("None"))),
        ("request_type_id", _("Type"), lambda value: _name(RequestType, value, _("None"))),
        ("subject", _("Subject"), str),
        ("snoozed_until", _("Snoozed until"), _moment),
        ("tags", _("Tags"), _tags),
    ):
        if name in moved:
            then, now = getattr(before, name), getattr(after, name)
            yield Difference(label=label, before=said(then), after=said(now))
    if "fields" in moved:
        yield from _filled(before.fields, after.fields)


def _filled(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Difference]:
    language = get_language() or "en"
    moved = [key for key in {**before, **after} if before.get(key) != after.get(key)]
    rows = Definition.objects.filter(pk__in=moved).prefetch_related("options")
    for spec in (row.spec for row in rows):
        then, now = (
            in_words(spec, kept_value(spec, kept.get(str(spec.id))), language=language)
            for kept in (before, after)
        )
        yield Difference(
            label=spec.label.said(language), before=then or _("Empty"), after=now or _("Empty")
        )


def _name(model: type[Any], key: int | None, nothing: str) -> str:
    row = model.objects.filter(pk=key).first() if key else None
    return str(row) if row else nothing


def _tags(keys: tuple[int, ...]) -> str:
    names = Tag.objects.filter(pk__in=keys).order_by("name").values_list("name", flat=True)
    return ", ".join(names) or _("None")


def _moment(written: str | None) -> str:
    at = parse_datetime(written) if written else None
    return date_format(localtime(at), "SHORT_DATETIME_FORMAT") if at else _("Awake")


def _fitting(actor: Actor, ticket: Ticket, key: int) -> Macro:
    row = macros_for([ticket.brand_id], by=actor).filter(pk=key).first()
    if row is None:
        raise Http404
    return row
