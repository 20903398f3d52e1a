"""
Digests for colleagues: one mail that tells of several notices, by the desk's first mail channel.

A machine writes them: they carry the marks of RFC 3834 and hold numbers, names and addresses only.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ambidesk.ground.reach.models import User
from ambidesk.support.channels.mail.composing.letter import Letter, Mailbox
from ambidesk.support.channels.mail.composing.mail import write
from ambidesk.support.channels.mail.handing_in import Steps, channel_of_desk, hand_in_all
from ambidesk.support.channels.mail.sending.session import Session
from ambidesk.support.conversations.models import Channel
from ambidesk.support.notifications.digesting import (
    Waiting,
    gather,
    is_ours,
    lease_digests,
    mark_digests,
    put_off,
)
from ambidesk.support.notifications.models import Notice
from ambidesk.support.notifications.preferring import token_to_end_mails

# What may be told, each in one line, by the notice's id.
Words = Callable[[Sequence[Notice]], Mapping[int, str]]


def post_digests(*, words: Words, clock: Callable[[], datetime]) -> int:
    """Gather digests and hand in those due; say how many. `clock` tells when each has its turn."""
    at = clock()
    channel = channel_of_desk()
    if channel is None:
        return 0
    gather(domain=channel.domain, at=at)
    waiting = lease_digests(at=at)
    # Whoever read everything meanwhile, or left, gets no mail.
    told = [each for each in waiting if each.notices and each.digest.user.is_active]
    mark_digests([each.digest for each in waiting if each not in told], at=at)
    if told:
        hand_in_all(channel, told, steps=_steps(channel, words), clock=clock)
    return len(waiting)


def _steps(channel: Channel, words: Words) -> Steps[Waiting]:
    return Steps(
        is_ours=lambda each, at: is_ours(each.digest, at=at),
        hand_in=lambda session, each, at: _hand_in(session, channel, each, words=words, at=at),
        mark=lambda each, at: mark_digests([each.digest], at=at),
        put_off=lambda each, at: put_off(each.digest, at=at),
    )


def _hand_in(
    session: Session, channel: Channel, waiting: Waiting, *, words: Words, at: datetime
) -> None:
    user = waiting.digest.user
    with translation.override(user.language or channel.brand.language):
        letter = _letter(channel, waiting, words)
    if letter is None:
        return
    reply_to = Mailbox(name=letter.sender.name, address=channel.address)
    session.hand_in(
        write(letter, reply_to=reply_to, at=at),
        sender=channel.address,
        plain_sender=channel.address,
        recipient=user.email,
    )


def _letter(channel: Channel, waiting: Waiting, words: Words) -> Letter | None:
    """Write the mail; None when there is nothing left that may be told."""
    user = waiting.digest.user
    said = words(waiting.notices)
    lines = [
        f"{said[each.pk]}\n{settings.BASE_URL}{each.path}"
        for each in waiting.notices
        if each.pk in said
    ]
    if not lines:
        return None
    end = _("What you are told of is chosen here: %(url)s")
    route = "portal-notifications" if user.is_client else "notice-preferences"
    chosen = end % {"url": f"{settings.BASE_URL}{reverse(route)}"}
    subject = ngettext("%(n)s notification", "%(n)s notifications", len(lines))
    return Letter(
        # A client knows the name of the house, not that of its desk.
        sender=Mailbox(
            name=channel.brand.name if user.is_client else "Ambidesk", address=channel.address
        ),
        to=(Mailbox(name=user.name, address=user.email),),
        message_id=waiting.digest.external_id,
        subject=subject % {"n": len(lines)},
        text="\n\n".join([*lines, chosen]),
        is_automatic=True,
        unsubscribe=_way_out(user),
        language=user.language or channel.brand.language,
    )


def _way_out(user: User) -> str:
    """The link by which a client ends mails like this; colleagues choose at the desk."""
    if not user.is_client:
        return ""
    path = reverse("portal-unsubscription", args=[token_to_end_mails(user)])
    return f"{settings.BASE_URL}{path}"
