"""
Lettering: invitations and the like leave by the desk's first mail channel.

A machine writes them: they carry the marks of RFC 3834. Each keeps its Message-ID over all tries:
what a relay took without a word is known again by whoever gets it twice.
"""

from collections.abc import Callable
from datetime import datetime
from hashlib import sha256

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from ambidesk.ground.kernel.texts import one_line
from ambidesk.parties.authority.models import Letter, LetterKind
from ambidesk.parties.authority.writing import LETTERS, is_ours, lease_letters, sent, token_of
from ambidesk.support.channels.mail.composing import letter as composing
from ambidesk.support.channels.mail.composing.letter import Mailbox
from ambidesk.support.channels.mail.composing.mail import write
from ambidesk.support.channels.mail.handing_in import Steps, channel_of_desk, hand_in_all
from ambidesk.support.channels.mail.sending.session import Session
from ambidesk.support.conversations.models import Channel


def post_letters(*, clock: Callable[[], datetime]) -> int:
    """Hand in letters that are due; say how many. `clock` tells when each has its turn."""
    channel = channel_of_desk()
    waiting = lease_letters(at=clock()) if channel else []
    if channel is None or not waiting:
        return 0
    hand_in_all(channel, waiting, steps=_steps(channel), clock=clock)
    return len(waiting)


def _steps(channel: Channel) -> Steps[Letter]:
    return Steps(
        is_ours=lambda row, at: is_ours(row, at=at),
        hand_in=lambda session, row, at: _hand_in(session, channel, row, at=at),
        mark=lambda row, _at: sent(row),
        put_off=lambda row, at: LETTERS.put_off(row, at=at),
    )


def _hand_in(session: Session, channel: Channel, row: Letter, *, at: datetime) -> None:
    language = row.language or channel.brand.language
    with translation.override(language):
        subject, text = _words(row)
    letter = composing.Letter(
        sender=Mailbox(name=channel.brand.name, address=channel.address),
        to=(Mailbox(name=row.name, address=row.address),),
        message_id=f"{_name_of(row)}@{channel.domain}",
        subject=subject,
        text=text,
        is_automatic=True,
        language=language,
    )
    reply_to = Mailbox(name=channel.brand.name, address=channel.address)
    session.hand_in(
        write(letter, reply_to=reply_to, at=at),
        sender=channel.address,
        plain_sender=channel.address,
        recipient=row.address,
    )


def _name_of(row: Letter) -> str:
    """One name for all tries of a letter; another link makes it another letter."""
    return sha256(f"{row.pk}:{row.sealed}:{row.kind}:{row.address}".encode()).hexdigest()[:32]


def _words(row: Letter) -> tuple[str, str]:
    facts = {"company": row.company.name, "address": f"{settings.BASE_URL}{_path(row)}"}
    match LetterKind(row.kind):
        case LetterKind.INVITED:
            subject = _("Your access to the service portal")
            text = _(
                "You can now ask for service for %(company)s and follow what becomes of it.\n\n"
                "Choose a password here: %(address)s\n\n"
                "The link is good once, for a week. Nobody else has it."
            )
        case LetterKind.ADDED:
            subject = _("One more company in your service portal")
            text = _("Your account now also opens %(company)s.\n\nSign in as before: %(address)s")
        case LetterKind.JOINING:
            subject = _("Confirm your e-mail address")
            text = _(
                "Somebody, probably you, asked for access to the service portal of %(company)s.\n\n"
                "Go on here: %(address)s\n\n"
                "The link is good once, for a day. If it was not you, do nothing."
            )
        case _:
            subject, text = _about_work(LetterKind(row.kind))
    return one_line(subject % facts), text % facts


def _about_work(kind: LetterKind) -> tuple[str, str]:
    match kind:
        case LetterKind.REWORK:
            return _("Work came back to %(company)s"), _(
                "What %(company)s called done was sent back for rework.\n\n"
                "Why, and until when, stands here: %(address)s"
            )
        case LetterKind.WORD:
            return _("A word about the work of %(company)s"), _(
                "Somebody wrote to %(company)s about work that was handed over.\n\n"
                "Read and answer it here: %(address)s"
            )
        case _:
            return _("New work for %(company)s"), _(
                "Something was handed over to %(company)s and waits for your answer.\n\n"
                "Accept or refuse it here: %(address)s"
            )


def _path(row: Letter) -> str:
    match LetterKind(row.kind):
        case LetterKind.INVITED:
            return reverse("access", args=[token_of(row)])
        case LetterKind.ADDED:
            return reverse("home")
        case LetterKind.JOINING:
            return reverse("join", args=[token_of(row)])
        case LetterKind.WORK | LetterKind.REWORK | LetterKind.WORD:
            return reverse("portal-work")
