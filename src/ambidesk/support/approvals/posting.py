"""
Posting: whoever is asked gets a mail with a link, where they have an address and the brand a way.

What lies in the database holds neither price nor link: others on the ticket may read it. The words
are put in when it leaves: see `wording`.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ambidesk.ground.kernel.holding import held_since
from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.ground.reach.actor import SYSTEM, Actor
from ambidesk.parties.people.models import Identity, IdentityKind
from ambidesk.support.approvals.linking import (
    CODE_FOR,
    MOST_CODES,
    code_of,
    fresh_nonce,
    hash_of,
    token_of,
)
from ambidesk.support.approvals.models import Asked, Link
from ambidesk.support.approvals.setting import terms
from ambidesk.support.conversations.connecting import is_own_mailbox
from ambidesk.support.conversations.models import Channel, ChannelKind, Message
from ambidesk.support.tickets.models import Filing, Ticket
from ambidesk.support.tickets.outbound import (
    Addressed,
    Speech,
    Words,
    last_messages_with,
    speak_many,
)
from ambidesk.support.tickets.recording import tell
from ambidesk.support.tickets.ways import NoChannel, channel_for


class EnoughCodes(Refusal):
    """Mails are not sent on and on."""

    sentence = gettext_lazy("We sent enough codes. Sign in, or call us.")


class NoWay(Refusal):
    """There is no mail address any more, or no channel."""

    sentence = gettext_lazy("We cannot send you a code now. Sign in, or call us.")


def post(asked: Iterable[Asked], ticket: Ticket, *, by: Actor, at: datetime) -> int:
    """Send links to those whom a mail reaches; say how many. Nobody is written after a restore."""
    if held_since() is not None:
        return 0
    open_for, count = terms().open_for, 0
    for each in asked:
        way = way_to(each, ticket)
        if way is None:
            continue
        nonce = fresh_nonce()
        link = Link.objects.create(
            asked=each,
            nonce=nonce,
            token_hash=hash_of(token_of(each.pk, nonce)),
            expires_at=at + open_for,
        )
        with translation.override(language_of(each, ticket)):
            link.message = _said(
                ticket,
                way,
                text=_("We ask for your approval of request #%(number)s.")
                % {"number": ticket.number},
                subject=_("%(brand)s: your approval, request #%(number)s")
                % {"brand": ticket.brand.name, "number": ticket.number},
                by=by,
                at=at,
            )
        link.save(update_fields=["message"])
        count += 1
    return count


@transaction.atomic
def send_code(link: Link, *, at: datetime) -> None:
    """
    Send a fresh code to the address of a link; the one before is good no longer.

    Raises:
        EnoughCodes: this link had its codes.
        NoWay: no mail reaches its contact any more.
    """
    asked, ticket = link.asked, link.asked.approval.ticket
    row = Link.objects.select_for_update(of=("self",)).get(pk=link.pk)
    if row.codes_sent >= MOST_CODES:
        raise EnoughCodes
    way = way_to(asked, ticket)
    if way is None or held_since() is not None:
        raise NoWay
    row.code_nonce = fresh_nonce()
    row.code_hash = hash_of(f"{row.pk}:{code_of(row)}")
    row.code_until, row.code_tries = at + CODE_FOR, 0
    row.codes_sent += 1
    with translation.override(language_of(asked, ticket)):
        row.code_message = _said(
            ticket,
            way,
            text=_("We sent you a code for your approval."),
            subject=_("%(brand)s: your code, request #%(number)s")
            % {"brand": ticket.brand.name, "number": ticket.number},
            by=SYSTEM,
            at=at,
        )
    row.save()


def language_of(asked: Asked, ticket: Ticket) -> str:
    """The language in which somebody is asked."""
    return asked.contact.person.language or ticket.brand.language


def way_to(asked: Asked, ticket: Ticket) -> tuple[Identity, Channel] | None:
    """Find the address of a contact and the channel there; shared addresses prove nobody."""
    rows = Identity.objects.filter(
        person__whole=asked.contact.person.whole,
        kind=IdentityKind.EMAIL,
        erased_at=None,
        shared=False,
    )
    identity = rows.select_related("person").order_by("verified_at", "pk").first()
    if identity is None or is_own_mailbox(identity.value):
        return None
    try:
        channel = channel_for(ticket, (identity,))
    except NoChannel:
        return None
    return (identity, channel) if channel.kind == ChannelKind.EMAIL else None


def _said(
    ticket: Ticket,
    way: tuple[Identity, Channel],
    *,
    text: str,
    subject: str,
    by: Actor,
    at: datetime,
) -> Message:
    # A machine of ours says it; what belongs to history leaves nothing.
    identity, channel = way
    last = last_messages_with([(ticket, (identity,), channel)]).get(ticket.pk)
    speech = Speech(
        ticket=ticket,
        channel=channel,
        thread=last.thread if last else None,
        words=Words(text=text, html="", subject=subject, automatic=True, answers=last),
        addressed=Addressed(to=(identity,), due_at=at),
    )
    (message,) = speak_many([speech], by=replace(SYSTEM, origin=by.origin), at=at)
    Filing.objects.create(ticket=ticket, message=message, filed_at=at)
    tell([ticket])
    return message
