"""
Which problems somebody sees: those of the brands they serve, and those of the whole desk.

A key of some brands is no colleague: what is of the whole desk is not told to it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import BigIntegerField, Exists, OuterRef, Q, QuerySet
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from ambidesk.across.insight.giving_up import MAILS
from ambidesk.across.insight.models import ReportMail
from ambidesk.ground.kernel.models import Problem
from ambidesk.ground.reach.actor import Actor, ActorKind
from ambidesk.ground.reach.rights import ReachRight
from ambidesk.parties.authority.models import Letter
from ambidesk.parties.authority.writing import LETTERS
from ambidesk.support.conversations.models import Channel, Delivery, IntakeItem
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.tickets.reach import served_brands

AT_MOST = 100
# What is of a brand; everything else is the desk's as a whole.
OF_BRANDS = ("delivery", "channel", "intake_item")


@dataclass(frozen=True, slots=True, kw_only=True)
class Subjects:
    """The things that problems are about, by id."""

    items: Mapping[int, IntakeItem]
    channels: Mapping[int, Channel]
    deliveries: Mapping[int, Delivery]
    letters: Mapping[int, Letter]
    report_mails: Mapping[int, ReportMail]


def open_problems(actor: Actor) -> QuerySet[Problem]:
    """The open problems that the actor sees."""
    rows = Problem.objects.filter(solved_at=None)
    if actor.may(ReachRight.SEE_EVERYTHING):
        return rows
    rows = rows.alias(ticket=Cast(KT("facts__ticket"), BigIntegerField()))
    seen = _of_brands(actor)
    if actor.kind is not ActorKind.API_KEY:
        seen |= ~Q(subject_kind__in=OF_BRANDS)
    return rows.filter(seen)


def latest(actor: Actor) -> list[Problem]:
    """Those of them that were met last, at most a hundred."""
    return list(open_problems(actor).order_by("-last_at")[:AT_MOST])


def subjects_of(rows: Iterable[Problem]) -> Subjects:
    """Fetch what the problems are about."""
    by_kind: dict[str, list[int]] = {}
    for row in rows:
        by_kind.setdefault(row.subject_kind, []).append(row.subject_id)
    items = IntakeItem.objects.defer("raw").in_bulk(by_kind.get("intake_item", []))
    channels = {item.channel_id for item in items.values()} | set(by_kind.get("channel", []))
    deliveries = Delivery.objects.select_related("recipient")
    report_mails = ReportMail.objects.select_related("mailing__user")
    return Subjects(
        items=items,
        channels=Channel.objects.in_bulk(channels),
        deliveries=deliveries.in_bulk(by_kind.get("delivery", [])),
        letters=Letter.objects.select_related("company").in_bulk(by_kind.get(LETTERS.subject, [])),
        report_mails=report_mails.in_bulk(by_kind.get(MAILS.subject, [])),
    )


def _of_brands(actor: Actor) -> Q:
    """Asked of each open problem by the key of its subject: of these there are few."""
    brands, subject = served_brands(actor), OuterRef("subject_id")
    channels = Channel.objects.filter(pk=subject, brand__in=brands)
    items = IntakeItem.objects.filter(pk=subject, channel__brand__in=brands)
    tickets = Ticket.objects.visible_to(actor).filter(pk=OuterRef("ticket"))
    return (
        Q(Exists(channels), subject_kind="channel")
        | Q(Exists(items), subject_kind="intake_item")
        | Q(Exists(tickets), subject_kind="delivery")
    )
