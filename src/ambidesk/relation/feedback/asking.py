"""
Asking: a message of ours that asks, filed on the ticket; the links in it are made when it leaves.

What lies in the database holds no token: `rewritten` puts the links in for the recipient's eyes.
"""

from datetime import datetime, timedelta

from django.utils import translation
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.consents.models import Purpose
from ambidesk.parties.people.models import Identity, IdentityKind
from ambidesk.relation.feedback.models import Invitation
from ambidesk.relation.feedback.pressing import value_of
from ambidesk.relation.feedback.tokens import token_of
from ambidesk.relation.feedback.wording import choices_of, language_of, question_of
from ambidesk.support.channels.contract.registry import connector_of
from ambidesk.support.channels.mail.budgets import Budgets, Purse, spend
from ambidesk.support.conversations.connecting import is_own_mailbox
from ambidesk.support.conversations.models import Channel, ChannelKind, Message
from ambidesk.support.conversations.wording import Worded
from ambidesk.support.tickets.models import Filing, Ticket
from ambidesk.support.tickets.outbound import (
    Addressed,
    Choice,
    Speech,
    Words,
    last_messages_with,
    speak_many,
)
from ambidesk.support.tickets.parties import parties_of
from ambidesk.support.tickets.recording import tell
from ambidesk.support.tickets.ways import NoChannel, channel_for

BUDGETS = Budgets(of_address=3, of_domain=10_000, of_all=20_000)
LATER = timedelta(hours=1)


class Unreachable(Refusal):
    """There is no way to ask this person."""


def ask(invitation: Invitation, ticket: Ticket, *, by: Actor, at: datetime) -> Message | None:
    """
    Write the message that asks; None when today's budget is spent and it will be asked later.

    Raises:
        Unreachable: no channel, no address, or one of our own.
    """
    identity, channel = _way_to(ticket)
    if not _may_say(identity, at):
        Invitation.objects.filter(pk=invitation.pk).update(due_at=at + LATER)
        return None
    last = last_messages_with([(ticket, (identity,), channel)]).get(ticket.pk)
    if invitation.is_periodic and channel.kind == ChannelKind.EMAIL:
        # It is about no single request: a mail of its own, not one more in the old talk.
        last = None
    with translation.override(language_of(invitation)):
        words = Words(
            text=question_of(invitation.survey),
            html="",
            subject=_subject(invitation, ticket),
            automatic=True,
            answers=last,
            choices=_buttons(invitation, channel),
            purpose=Purpose.SURVEYS,
        )
    speech = Speech(
        ticket=ticket,
        channel=channel,
        thread=last.thread if last else None,
        words=words,
        addressed=Addressed(to=(identity,), due_at=at),
    )
    (message,) = speak_many([speech], by=by, at=at)
    Filing.objects.create(ticket=ticket, message=message, filed_at=at)
    tell([ticket])
    return message


def rewritten(message: Message) -> Worded | None:
    """Give the words of a message that asks by links, with them; None for any other message."""
    found = Invitation.objects.filter(message=message)
    invitation = found.select_related("survey", "ticket__brand", "person").first()
    if invitation is None or message.erased_at or message.choices:
        return None
    with translation.override(language_of(invitation)):
        return _worded(invitation)


def link_of(invitation: Invitation) -> str:
    """The address of the page on which an invitation is answered."""
    return f"{invitation.ticket.brand.origin}/rate/{token_of(invitation)}"


def _worded(invitation: Invitation) -> Worded:
    link, question = link_of(invitation), question_of(invitation.survey)
    choices = choices_of(invitation.survey.kind)
    end = _("One click is enough. You can add a few words on the page that opens.")
    lines = [f"{each.words}: {link}/{each.score}" for each in reversed(choices)]
    refusal, none_more = f"{link}/refusal", _("I do not want to be asked")
    text = "\n\n".join((question, "\n".join(lines), end, f"{none_more}: {refusal}"))
    faces = format_html_join(
        "&nbsp; ",
        '<a href="{}/{}" title="{}">{}</a>',
        ((link, each.score, each.words, each.shown) for each in choices),
    )
    html = format_html(
        '<p>{}</p>\n<h1>{}</h1>\n<p>{} – {}</p>\n<p>{}</p>\n<p><a href="{}">{}</a></p>',
        question,
        faces,
        choices[0].words,
        choices[-1].words,
        end,
        refusal,
        none_more,
    )
    unsubscribe = f"{link}/unsubscription" if invitation.is_periodic else ""
    return Worded(text=text, html=html, unsubscribe=unsubscribe)


def _buttons(invitation: Invitation, channel: Channel) -> tuple[Choice, ...]:
    """The marks as buttons, where the messenger has so many; elsewhere links are put in."""
    connector = connector_of(channel.kind)
    choices = choices_of(invitation.survey.kind)
    if connector is None or connector.manifest.most_buttons < len(choices):
        return ()
    return tuple(
        Choice(label=each.shown, value=value_of(invitation, each.score)) for each in choices
    )


def _way_to(ticket: Ticket) -> tuple[Identity, Channel]:
    # Where they spoke last, which need not be where they began.
    chosen = (party.identity for party in parties_of(ticket) if party.is_chosen)
    identity = next(chosen, None)
    if identity is None or identity.erased_at:
        raise Unreachable
    try:
        channel = channel_for(ticket, (identity,))
    except NoChannel as none:
        raise Unreachable from none
    if not _fits(identity, channel):
        raise Unreachable
    return identity, channel


def _subject(invitation: Invitation, ticket: Ticket) -> str:
    if invitation.is_periodic:
        return _("%(brand)s: a question to you") % {"brand": ticket.brand.name}
    facts = {"brand": ticket.brand.name, "number": ticket.number}
    return _("%(brand)s: how was it? Request #%(number)s") % facts


def _fits(identity: Identity, channel: Channel) -> bool:
    if channel.kind != ChannelKind.EMAIL:
        return identity.kind in {IdentityKind.MESSENGER, IdentityKind.VISITOR}
    return identity.kind == IdentityKind.EMAIL and not is_own_mailbox(identity.value)


def _may_say(identity: Identity, at: datetime) -> bool:
    if identity.kind != IdentityKind.EMAIL:
        return True
    return spend([identity.value], at=at, budgets=BUDGETS, purse=Purse.ASKED) == [True]
