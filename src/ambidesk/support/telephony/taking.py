"""
Taking calls: what an exchange tells is put down; an answered or missed call is on a ticket.

A caller's number can be forged: it says whom the desk may think of and proves nothing.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import override

from ambidesk.ground.kernel.days import day_of
from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.ground.kernel.signals import signal
from ambidesk.ground.reach.actor import Actor, ActorKind
from ambidesk.parties.companies.models import Company, Contact
from ambidesk.parties.people.meeting import Caller, meet, meet_unknown
from ambidesk.parties.people.models import Identity, IdentityKind, Person
from ambidesk.parties.staff.models import Member
from ambidesk.support.channels.contract.inbound import Called, Phase
from ambidesk.support.conversations.models import Channel
from ambidesk.support.desk.reminding import FollowUp, remind
from ambidesk.support.telephony.events import CallPut
from ambidesk.support.telephony.folding import fold
from ambidesk.support.telephony.models import Call, CallState, CallWay, Dial, DialState
from ambidesk.support.tickets.assigning import assign
from ambidesk.support.tickets.attributing import attribute
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.tickets.opening import Opening, open_ticket
from ambidesk.support.tickets.recording import record

TOPIC: Final = "calls"
# A second call soon after is about the same matter.
GOES_ON_FOR: Final = timedelta(days=1)
DIALLED_FOR: Final = timedelta(minutes=15)
CALL_BACK_IN: Final = timedelta(minutes=1)
UNHEARD_AFTER: Final = timedelta(minutes=15)
TALKED_AT_MOST: Final = timedelta(hours=12)


@transaction.atomic
def put_down(channel: Channel, called: Called, *, by: Actor, at: datetime) -> Call:
    """Put down what happened in a call; told twice or late it is the same call."""
    key = called.call[:120]
    Call.objects.bulk_create(
        [Call(channel=channel, key=key, way=CallWay.IN, began_at=called.happened_at)],
        ignore_conflicts=True,
    )
    row = Call.objects.select_for_update().get(channel=channel, key=key)
    before, known = (row.state, row.ticket_id), bool(row.recording_handle)
    if row.ticket_id and _is_erased(row.ticket_id):
        # What comes late of somebody who was erased brings back neither number nor voice.
        called = replace(called, number="", recording=None)
    fold(row, called)
    if row.recording_handle and not known:
        row.recording_due_at = at
    row.member = row.member or _member(row.extension)
    if row.ticket_id is None and row.state != CallState.RINGING:
        row.ticket = _ticket_for(row, channel, by=by, at=at)
    row.save()
    if row.ticket and before != (row.state, row.ticket_id):
        _tell(row, row.ticket, by=by, at=at)
    signal(TOPIC)
    return row


def _is_erased(ticket: int) -> bool:
    return Ticket.objects.filter(pk=ticket, requester__erased_at__isnull=False).exists()


def end_unheard(*, at: datetime) -> int:
    """End a call of whose end nobody told: one that rang is missed; a late word still counts."""
    rings = Q(state=CallState.RINGING, began_at__lte=at - UNHEARD_AFTER)
    talks = Q(state=CallState.TALKING, began_at__lte=at - TALKED_AT_MOST)
    rows = Call.objects.filter(rings | talks).select_related("channel")
    row = rows.order_by("began_at").first()
    if row is None:
        return 0
    told = Called(
        call=row.key,
        phase=Phase.ENDED,
        is_outgoing=row.way == CallWay.OUT,
        number=row.number,
        happened_at=at,
    )
    put_down(row.channel, told, by=Actor(kind=ActorKind.CHANNEL, id=row.channel_id), at=at)
    return 1


def _tell(row: Call, ticket: Ticket, *, by: Actor, at: datetime) -> None:
    """Say on the ticket how the call went; whoever took it is in charge, a missed one is a task."""
    event = CallPut(
        ticket_id=ticket.pk, call_id=row.pk, way=CallWay(row.way), state=CallState(row.state)
    )
    record(event, ticket, by=by, at=at)
    try:
        with transaction.atomic():
            if row.state == CallState.TALKING and row.member and ticket.assignee is None:
                assign(ticket, assignee=row.member, team=ticket.team, by=by, at=at)
            if row.state == CallState.MISSED and ticket.assignee and row.number:
                words = _("Call back %(number)s") % {"number": row.number}
                due = at + CALL_BACK_IN
                remind(
                    ticket,
                    FollowUp(user=ticket.assignee.user, due_at=due, words=words),
                    by=by,
                    at=at,
                )
    except Refusal:
        # Whoever took the call does not serve the brand: the ticket waits for somebody who does.
        return


def _member(extension: str) -> Member | None:
    if not extension:
        return None
    return Member.objects.filter(extension__number=extension, user__is_active=True).first()


def _ticket_for(row: Call, channel: Channel, *, by: Actor, at: datetime) -> Ticket | None:
    """The ticket that the call is about: what was dialled for, what goes on, or a new one."""
    if row.way == CallWay.OUT:
        asked = Dial.objects.filter(
            channel=channel,
            number=row.number,
            state=DialState.DIALLED,
            done_at__gt=row.began_at - DIALLED_FOR,
        )
        dial = asked.select_related("ticket").order_by("-pk").first()
        return dial.ticket if dial else None
    if not row.number:
        # Two callers who hide their numbers are two, as far as anybody knows.
        with override(channel.brand.language):
            nobody = meet_unknown(_("Hidden number"), at=at)
        return _opened(row, nobody, channel, by=by, at=at)
    caller = Caller(kind=IdentityKind.PHONE, value=row.number, name="", is_verified=False)
    row.identity = meet(caller, by=by, at=at)
    going = Ticket.objects.active().filter(
        requester__whole=row.identity.person.whole,
        channel=channel,
        last_at__gt=at - GOES_ON_FOR,
    )
    known = going.select_related("assignee__user", "team").latest_first().first()
    return known or _opened(row, row.identity, channel, by=by, at=at)


def _opened(
    row: Call, asks: Identity | Person, channel: Channel, *, by: Actor, at: datetime
) -> Ticket:
    opening = Opening(
        brand=channel.brand,
        requester=asks,
        subject=_subject(row, channel),
        channel=channel,
        team=channel.team,
    )
    ticket = open_ticket(opening, by=by, at=at)
    company = _only_company(asks, at) if isinstance(asks, Identity) else None
    return attribute(ticket, company=company, by=by, at=at) if company else ticket


def _subject(row: Call, channel: Channel) -> str:
    missed = row.state == CallState.MISSED
    with override(channel.brand.language):
        if not row.number:
            return (
                _("Missed call from a hidden number") if missed else _("Call from a hidden number")
            )
        words = _("Missed call from %(number)s") if missed else _("Call from %(number)s")
        return words % {"number": row.number}


def _only_company(identity: Identity, at: datetime) -> Company | None:
    """The company for which somebody speaks, where it is one."""
    posts = Contact.objects.on(day_of(at)).filter(
        person__whole=identity.person.whole, company__archived_at=None
    )
    found = list(posts.select_related("company").distinct("company_id").order_by("company_id")[:2])
    return found[0].company if len(found) == 1 else None
