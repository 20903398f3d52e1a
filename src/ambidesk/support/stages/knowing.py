"""Knowing: what is known of a ticket at a stage, and what each way out of it still lacks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from ambidesk.ground.conditions.binding import bind
from ambidesk.ground.conditions.evaluating import holds
from ambidesk.ground.conditions.parsing import read
from ambidesk.ground.kernel.days import day_of
from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.companies.models import Contact
from ambidesk.parties.people.models import Person
from ambidesk.service.approvals.rules.deciding import Kind
from ambidesk.service.workflow.models import Stay
from ambidesk.service.workflow.rules.lacking import Known, Lack, lack_of
from ambidesk.service.workflow.rules.plan import Plan, Transition
from ambidesk.support.approvals.fields import given_kinds
from ambidesk.support.stages.sensing import field_names, filled_in
from ambidesk.support.tickets.fields import TICKET_VOCABULARY, asker_of
from ambidesk.support.tickets.filling import answers_of
from ambidesk.support.tickets.models import Ticket

APPROVALS = {
    Kind.REQUEST: gettext_lazy("the client has to approve the request"),
    Kind.COST: gettext_lazy("the client has to approve the cost"),
    Kind.ACCEPTANCE: gettext_lazy("the client has to accept the works"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class WayOut:
    """A transition that begins where a token stands, and what is missing for it."""

    way: Transition
    stay: Stay
    lack: Lack


def ways_out(
    ticket: Ticket, plan: Plan, *, stays: Iterable[Stay], by: Actor, at: datetime
) -> tuple[WayOut, ...]:
    """The ways from where the ticket stands; a reason that is asked for is not counted missing."""
    standing = [stay for stay in stays if stay.waits_from is None and stay.left_at is None]
    ways = [(way, stay) for stay in standing for way in plan.exits(stay.stage)]
    filled = filled_in(ticket, answers_of([ticket.pk])[ticket.pk])
    holding = guards_that_hold(ticket, [way for way, _stay in ways], by=by, at=at)
    approved, found = _approved(ticket, [way for way, _stay in ways], at=at), []
    for way, stay in ways:
        ticked = frozenset(tick.item for tick in stay.ticks.all())
        known = Known(ticked=ticked, filled=filled, holding=holding, approved=approved, reason="-")
        found.append(WayOut(way=way, stay=stay, lack=lack_of(plan, way, known=known)))
    return tuple(found)


def known_at(ticket: Ticket, way: Transition, *, stay: Stay, by: Actor, at: datetime) -> Known:
    """What is known for one transition; no reason yet."""
    return Known(
        ticked=frozenset(stay.ticks.values_list("item", flat=True)),
        filled=filled_in(ticket, answers_of([ticket.pk])[ticket.pk]),
        holding=guards_that_hold(ticket, [way], by=by, at=at),
        approved=_approved(ticket, [way], at=at),
    )


def guards_that_hold(
    ticket: Ticket, ways: Iterable[Transition], *, by: Actor, at: datetime
) -> frozenset[int]:
    """The ids of transitions whose guard holds for the ticket now."""
    asker, found = asker_of(by, at=at), set()
    for way in ways:
        if way.guard is None:
            continue
        try:
            condition = read(way.guard, TICKET_VOCABULARY)
        except Refusal:
            # What it asked for is gone since: it holds for nobody, as in saved views.
            continue
        if holds(bind(condition, TICKET_VOCABULARY, asker=asker), ticket, at=at):
            found.add(way.id)
    return frozenset(found)


def _approved(ticket: Ticket, ways: Iterable[Transition], *, at: datetime) -> frozenset[str] | None:
    """
    What the client approved that holds now; whoever is of no company is not asked like this.

    It is the person who is of none: taking the company off the ticket opens no way.
    """
    if not any(way.approval for way in ways):
        return frozenset()
    if ticket.company_id is None and not _speaks_for_a_company(ticket, at=at):
        return None
    return given_kinds(ticket.pk)


def _speaks_for_a_company(ticket: Ticket, *, at: datetime) -> bool:
    whole = Person.objects.filter(pk=ticket.requester_id).values("whole")
    return Contact.objects.on(day_of(at)).filter(person__whole__in=whole).exists()


def in_words(lack: Lack, names: Mapping[str, str | Promise] | None = None) -> str:
    """Say what is missing, in the language of the reader; `names` of fields if they are known."""
    language = get_language() or "en"
    parts = []
    if lack.items:
        lines = ", ".join(f"“{item.text.said(language)}”" for item in lack.items)
        parts.append(_("tick %(lines)s") % {"lines": lines})
    if lack.fields:
        names = field_names() if names is None else names
        labels = ", ".join(str(names.get(key, key)) for key in lack.fields)
        parts.append(_("fill in %(fields)s") % {"fields": labels})
    if lack.reason:
        parts.append(_("say why"))
    if lack.approval:
        parts.append(str(APPROVALS[Kind(lack.approval)]))
    if lack.guard:
        parts.append(_("its condition does not hold yet"))
    return "; ".join(parts)
