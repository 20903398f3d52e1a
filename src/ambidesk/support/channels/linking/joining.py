"""Joining: whoever was asked says yes, and the account is the known person's; it can be undone."""

from datetime import datetime

from django.db import transaction
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.ground.reach.actor import SYSTEM, Actor
from ambidesk.parties.people.adopting import adopt, give_back, verify
from ambidesk.parties.people.models import Identity
from ambidesk.support.channels.access import connector_for
from ambidesk.support.channels.callers import caller_of
from ambidesk.support.channels.contract.inbound import Sender
from ambidesk.support.channels.intake.remarks import Choice
from ambidesk.support.channels.linking.coming import NO, PREFIX, YES, is_good
from ambidesk.support.channels.linking.events import AccountJoined, AccountParted, LinkDeclined
from ambidesk.support.channels.linking.models import Link
from ambidesk.support.channels.linking.tokens import answer_of
from ambidesk.support.conversations.models import Message
from ambidesk.support.tickets import outbound
from ambidesk.support.tickets.answering import Answer, answer
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.tickets.recording import record
from ambidesk.support.tickets.regrouping import NothingToMove, split
from ambidesk.support.tickets.rejoining import rejoin


class NotJoined(Refusal):
    """There is nothing to undo."""

    sentence = gettext_lazy("This account did not join by a link, or was taken off already.")


@transaction.atomic
def choose(choice: Choice, *, by: Actor, at: datetime) -> str:
    """Take the answer to the question whose the link is; say what stands there from now on."""
    word, _colon, rest = choice.value.removeprefix(PREFIX).partition(":")
    number, _colon, given = rest.partition(":")
    link = _locked(number)
    with override(choice.channel.brand.language):
        if link is None or not _was_asked(link, choice.sender, given):
            return ""
        if not is_good(link, choice.channel, at=at):
            return _("This link is not good any more.")
        if word == NO:
            event = LinkDeclined(ticket_id=link.ticket_id, channel_id=link.channel_id)
            record(event, link.ticket, by=by, at=at)
            return _("All right, nothing has happened. You can simply write to us here.")
        if word != YES:
            return ""
        _join(link, choice, by=by, at=at)
        return _("Thank you. The conversation goes on here.")


@transaction.atomic
def part(link: Link, *, by: Actor, at: datetime) -> None:
    """
    Take an account off the person it joined; what it wrote stands on a ticket of its own.

    Raises:
        NotJoined: it did not join, or was taken off.
    """
    found = _locked(str(link.pk))
    if found is None or found.used_by is None or found.before is None or found.undone_at:
        raise NotJoined
    account = give_back(found.used_by, found.before, by=by, at=at)
    Link.objects.filter(pk=found.pk).update(undone_at=at)
    rejoin(account, by=by, at=at)
    theirs = Message.objects.filter(
        filings__ticket=found.ticket,
        filings__withdrawn_at=None,
        thread__channel=found.channel,
        thread__key=account.value,
    )
    said = list(theirs.order_by("pk"))
    if any(message.sender_id for message in said):
        _split(found.ticket, said, by=by, at=at)
    event = AccountParted(
        ticket_id=found.ticket_id,
        channel_id=found.channel_id,
        identity_id=account.pk,
        link_id=found.pk,
    )
    record(event, found.ticket, by=by, at=at)


def joined_to(ticket: Ticket) -> list[Link]:
    """The links by which accounts joined the requester of a ticket, and that can be undone."""
    rows = Link.objects.filter(used_by__person=ticket.requester_id, undone_at=None)
    return list(rows.exclude(before=None).select_related("used_by", "channel").order_by("pk"))


def _locked(number: str) -> Link | None:
    if not (number.isascii() and number.isdecimal() and len(number) < 18):
        return None
    rows = Link.objects.select_for_update(of=("self",)).filter(pk=int(number))
    return rows.select_related(
        "ticket__brand", "identity__person", "channel__brand", "used_by", "before"
    ).first()


def _was_asked(link: Link, sender: Sender, given: str) -> bool:
    return constant_time_compare(answer_of(link.nonce, sender.value), given)


def _join(link: Link, choice: Choice, *, by: Actor, at: datetime) -> None:
    caller = caller_of(choice.sender)
    known = Identity.objects.of(caller.kind, [caller.value]).filter(shared=False).first()
    before = known.person if known and known.person_id != link.identity.person_id else None
    account = adopt(link.identity.person, caller, by=by, at=at)
    # They have read what was sent there.
    verify(link.identity, by=by, at=at)
    Link.objects.filter(pk=link.pk).update(used_at=at, used_by=account, before=before)
    rejoin(account, by=by, at=at)
    event = AccountJoined(
        ticket_id=link.ticket_id,
        channel_id=link.channel_id,
        identity_id=account.pk,
        link_id=link.pk,
    )
    record(event, link.ticket, by=by, at=at)
    _greet(link, account, by=by, at=at)
    _tell_before(link, account, at=at)


def _greet(link: Link, account: Identity, *, by: Actor, at: datetime) -> None:
    """The first word in the new talk is ours: with it the talk is about the ticket."""
    facts = {"number": link.ticket.number, "subject": link.ticket.subject}
    with override(link.ticket.brand.language):
        text = _("You are in the right place: request #%(number)s, “%(subject)s”. Go on here.")
        by_mail = outbound.Choice(label=_("Go on by e-mail"), value="mail:")
    said = Answer(text=text % facts, to=(account,), due_at=at, automatic=True, choices=(by_mail,))
    _say(link.ticket, said, by=by, at=at)


def _tell_before(link: Link, account: Identity, *, at: datetime) -> None:
    """Where the link was sent it is told who came by it: whoever did not, can say so."""
    facts = {
        "messenger": connector_for(link.channel).manifest.title,
        "account": account.display or account.value,
    }
    with override(link.ticket.brand.language):
        text = _(
            "This conversation goes on in %(messenger)s, with %(account)s. If that is not you, "
            "answer here."
        )
    said = Answer(text=text % facts, to=(link.identity,), due_at=at, automatic=True)
    _say(link.ticket, said, by=SYSTEM, at=at)


def _say(ticket: Ticket, said: Answer, *, by: Actor, at: datetime) -> None:
    try:
        answer(ticket, said, by=by, at=at)
    except Refusal:
        # The ticket is over meanwhile: what they write begins another one, as theirs.
        return


def _split(ticket: Ticket, said: list[Message], *, by: Actor, at: datetime) -> None:
    """From their first word on; our greeting before it was for the other person."""
    first = next(number for number, each in enumerate(said) if each.sender_id)
    try:
        split(ticket, messages=said[first:], subject="", by=by, at=at)
    except NothingToMove:
        return
