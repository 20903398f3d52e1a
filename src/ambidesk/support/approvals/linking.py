"""
Linking: answering by the link in a mail, once and until it expires.

Above the amount up to which a link is enough, a code is needed that was sent to the same address.
A dead link is told nothing: unknown, used, expired and void ones are all alike.
"""

import secrets
from base64 import urlsafe_b64encode
from datetime import datetime, timedelta
from hashlib import sha256
from hmac import compare_digest
from typing import Final

from django.db import transaction
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel.refusal import InvalidInput
from ambidesk.ground.reach.actor import Actor, ActorKind
from ambidesk.service.approvals.rules.deciding import NotWaiting, Source, State
from ambidesk.support.approvals.deciding import Decision, Through, decide
from ambidesk.support.approvals.models import Answer, Link
from ambidesk.support.approvals.setting import terms

PURPOSE: Final = "ambidesk.support.approvals"
CODE_FOR: Final = timedelta(minutes=15)
MOST_TRIES: Final = 5
MOST_CODES: Final = 3
DIGITS: Final = 6
RELATED: Final = (
    "asked__contact__person__head",
    "asked__approval__ticket__brand",
    "asked__approval__company",
    "asked__approval__site",
    "asked__approval__asset__model",
    "asked__approval__requester__head",
)


class WrongCode(InvalidInput):
    """It is not the one that was sent, or it is too late."""

    sentence = _("This is not the code that we sent, or it is too old. Ask for another one.")


class CodeNeeded(InvalidInput):
    """The link alone is not enough for so much."""

    sentence = _("For this amount sign in, or ask for a code.")


def fresh_nonce() -> str:
    """A nonce of 128 random bits."""
    return secrets.token_urlsafe(16)


def token_of(asked_id: int, nonce: str) -> str:
    """The token of a link: 43 letters that hold 256 bits."""
    made = salted_hmac(PURPOSE, f"{asked_id}:{nonce}", algorithm="sha256")
    return urlsafe_b64encode(made.digest()).decode().rstrip("=")


def code_of(link: Link) -> str:
    """The code that belongs to the link now, made when its mail leaves."""
    made = salted_hmac(f"{PURPOSE}.code", f"{link.pk}:{link.code_nonce}", algorithm="sha256")
    return str(int.from_bytes(made.digest()[:8]) % 10**DIGITS).zfill(DIGITS)


def hash_of(secret: str) -> str:
    """The form in which a secret is looked up."""
    return sha256(secret.encode()).hexdigest()


def link_of(token: str, *, at: datetime) -> Link | None:
    """Find what a token opens; None for everything that is dead."""
    rows = Link.objects.filter(token_hash=hash_of(token), used_at=None, expires_at__gt=at)
    waiting = rows.filter(asked__approval__state=State.WAITING)
    return waiting.select_related(*RELATED).first()


def needs_code(link: Link) -> bool:
    """Whether the link alone does not decide so much."""
    return not terms().is_free(link.asked.approval.amount)


def answer_by_link(link: Link, decision: Decision, *, code: str, at: datetime) -> Answer:
    """
    Answer by a link; afterwards it is dead. A wrong code is counted, whatever follows.

    Raises:
        CodeNeeded: the amount is above what a link decides, and no code was given.
        WrongCode: the code is another one, too old, or was tried too often.
        NotWaiting: the link was used, or it is too late.
        whatever `decide` refuses.
    """
    # The count is written before anything else: a refusal afterwards must not take it back.
    if needs_code(link):
        if not code.strip():
            raise CodeNeeded(field="code")
        if not _count_try(link, code, at=at):
            raise WrongCode(field="code")
    return _answered(link, decision, code=code, at=at)


@transaction.atomic
def _answered(link: Link, decision: Decision, *, code: str, at: datetime) -> Answer:
    approval = link.asked.approval
    row = _locked(link)
    if row.used_at is not None or row.expires_at <= at:
        raise NotWaiting
    # Another one may have been sent meanwhile.
    if needs_code(link) and not _fits(row, code, at=at):
        raise WrongCode(field="code")
    contact = link.asked.contact
    actor = Actor(kind=ActorKind.PERSON, id=contact.person_id)
    through = Through(contact=contact, source=Source.LINK)
    given = decide(approval, decision, through=through, by=actor, at=at)
    row.used_at = at
    row.save(update_fields=["used_at"])
    return given


@transaction.atomic
def _count_try(link: Link, code: str, *, at: datetime) -> bool:
    row = _locked(link)
    row.code_tries = min(row.code_tries + 1, MOST_TRIES + 1)
    row.save(update_fields=["code_tries"])
    return _fits(row, code, at=at)


def _fits(row: Link, code: str, *, at: datetime) -> bool:
    is_open = row.code_until is not None and at < row.code_until and row.code_tries <= MOST_TRIES
    return is_open and compare_digest(row.code_hash, hash_of(f"{row.pk}:{code.strip()}"))


def _locked(link: Link) -> Link:
    # After its ticket and its approval, as whoever decides locks them.
    return Link.objects.select_for_update(of=("self",)).get(pk=link.pk)
