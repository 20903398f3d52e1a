"""Dialling: a click is a row; a lane has the exchange connect both, once, and never again."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel.refusal import InvalidInput, Refusal
from ambidesk.ground.kernel.sealing import CannotUnseal
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.people.models import Identity, IdentityKind
from ambidesk.parties.staff.models import Member
from ambidesk.support.channels.access import BrokenAccess, access_of
from ambidesk.support.channels.contract.failure import Failure
from ambidesk.support.channels.contract.registry import connector_of, every
from ambidesk.support.conversations.models import Channel
from ambidesk.support.telephony.events import CallWanted
from ambidesk.support.telephony.line import Dialler, Wish
from ambidesk.support.telephony.models import Dial, DialState
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.tickets.recording import record

LANE: Final = "dialling"
LEASE: Final = timedelta(seconds=60)
SAME_FOR: Final = timedelta(minutes=1)
# Whoever clicked waits at the telephone: later nobody wants the call any more.
GOOD_FOR: Final = timedelta(minutes=2)
TOO_LATE, NO_WAY, UNKNOWN = "too-late", "no-way", "unknown"


class NoTelephone(Refusal):
    """There is nothing to call by."""

    sentence = _("No exchange is connected that could call for this brand.")


class NoExtension(Refusal):
    """The exchange does not know where the colleague sits."""

    sentence = _("Your extension is not known yet: an administrator enters it under Staff.")


class NoNumber(InvalidInput):
    """The person has no such number."""

    sentence = _("This person has no telephone number.")


@transaction.atomic
def want(ticket: Ticket, *, number: str = "", by: Actor, at: datetime) -> Dial:
    """
    Want to be connected with the requester of a ticket, by one of their numbers.

    Raises:
        NoTelephone, NoExtension, NoNumber: it cannot be dialled.
    """
    channel = _channel_for(ticket)
    # Two clicks are one wish: the second waits here for the first.
    members = Member.objects.select_for_update(of=("self",), no_key=True)
    member = members.select_related("extension").filter(user=by.user_id).first()
    extension = getattr(member, "extension", None)
    if member is None or extension is None:
        raise NoExtension
    known = Identity.objects.filter(
        person__whole=ticket.requester.whole, kind=IdentityKind.PHONE, erased_at=None
    )
    found = (known.filter(value=number) if number else known).order_by("pk").first()
    if found is None:
        raise NoNumber(field="number")
    same = Dial.objects.filter(
        member=member, ticket=ticket, number=found.value, asked_at__gt=at - SAME_FOR
    )
    wished = same.exclude(state=DialState.REFUSED).first()
    if wished is not None:
        return wished
    row = Dial.objects.create(
        channel=channel,
        ticket=ticket,
        member=member,
        number=found.value,
        extension=extension.number,
        asked_at=at,
    )
    record(CallWanted(ticket_id=ticket.pk, dial_id=row.pk), ticket, by=by, at=at)
    return row


def dial_due(*, at: datetime) -> int:
    """Have what waits dialled, one after the other; a call of unknown outcome is not repeated."""
    row = _claim(at)
    if row is None:
        return 0
    trouble = TOO_LATE if at - row.asked_at > GOOD_FOR else _dialled(row)
    state = DialState.REFUSED if trouble else DialState.DIALLED
    Dial.objects.filter(pk=row.pk).update(state=state, trouble=trouble, done_at=at)
    return 1


@transaction.atomic
def _claim(at: datetime) -> Dial | None:
    waiting = Dial.objects.filter(state=DialState.WAITING)
    # Whoever had them died while dialling: they may ring already.
    lost = waiting.filter(leased_until__lte=at)
    lost.update(state=DialState.REFUSED, trouble=UNKNOWN, done_at=at)
    free = waiting.filter(leased_until=None).select_related("channel").order_by("asked_at")
    row = free.select_for_update(skip_locked=True, of=("self",)).first()
    if row is None:
        return None
    row.leased_until = at + LEASE
    row.save(update_fields=["leased_until"])
    return row


def _dialled(row: Dial) -> str:
    connector: object = connector_of(row.channel.kind)
    if not isinstance(connector, Dialler) or not row.number:
        return NO_WAY
    wish = Wish(key=f"dial-{row.pk}", extension=row.extension, number=row.number)
    try:
        connector.dial(wish, access_of(row.channel))
    except Failure as failure:
        return failure.trouble.value
    except (BrokenAccess, CannotUnseal):
        return NO_WAY
    return ""


def telephones() -> frozenset[str]:
    """The kinds of channels that are exchanges."""
    return frozenset(each.manifest.kind for each in every() if isinstance(each, Dialler))


def _channel_for(ticket: Ticket) -> Channel:
    rows = Channel.objects.filter(kind__in=telephones(), enabled=True, brand=ticket.brand_id)
    found = rows.order_by("pk").first()
    if found is None:
        raise NoTelephone
    return found
