"""Saying: a contact opens a request or writes in one, where an authority of theirs allows it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.files.storing import store_many
from ambidesk.ground.kernel.refusal import InvalidInput, NotEntitled
from ambidesk.ground.kernel.texts import one_line, storable
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.authority.deciding import may_at, place_of
from ambidesk.parties.authority.rules.power import Power
from ambidesk.parties.authority.rules.scope import Place
from ambidesk.parties.authority.speaking import require_speaker
from ambidesk.parties.brands.models import Brand
from ambidesk.parties.companies.models import Company, Site
from ambidesk.parties.people.models import Person
from ambidesk.service.assets.models import Asset
from ambidesk.service.catalogue.models import RequestType
from ambidesk.support.channels.portal.talks import address_of, channel_of
from ambidesk.support.conversations.models import Message
from ambidesk.support.conversations.receiving import Inbound, InboundFile, receive
from ambidesk.support.tickets.attributing import attribute
from ambidesk.support.tickets.equipping import equip
from ambidesk.support.tickets.filing import file_message
from ambidesk.support.tickets.filling import Answers, fill
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.tickets.opening import Opening, open_ticket
from ambidesk.support.tickets.recording import lock_unclosed

KEY: Final = re.compile(r"[A-Za-z0-9_-]{16,43}")
LONGEST: Final = 20_000
MOST_FILES: Final = 10
LONGEST_SUBJECT: Final = 100


class NothingSaid(InvalidInput):
    """Neither words nor files."""

    sentence = _("Write something first.")


class TooLong(InvalidInput):
    """More than one message carries."""

    sentence = _("Use at most %(most)s letters.")


class TooManyFiles(InvalidInput):
    """More than one message carries."""

    sentence = _("Send at most %(most)s files.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What a contact says, with files as name and content."""

    text: str
    files: Sequence[tuple[str, bytes]] = ()
    # One a form, so that what is sent twice by a double tap is one message.
    key: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a contact asks for: where, of which type, in which words and answers."""

    brand: Brand
    company: Company
    site: Site | None
    request_type: RequestType | None
    words: Words
    asset: Asset | None = None
    answers: Answers = field(default_factory=dict)


@transaction.atomic
def ask(wish: Wish, *, by: Actor, at: datetime) -> Ticket:
    """
    Open a request of a company.

    Raises:
        NotEntitled: no authority lets the contact open one there, or the company is archived.
        SaySpeaker: several people share the login, and none of them said that it is they.
        NothingSaid, TooLong, TooManyFiles: it cannot be taken as it is.
        NoAddress: nothing can be answered to the contact.
        a FieldRefusal: an answer does not fit its field.
    """
    site = wish.site.pk if wish.site else None
    place = place_of(company_id=wish.company.pk, site_id=site, requester_id=by.id)
    served = Company.objects.served().filter(pk=wish.company.pk).exists()
    if not served or not may_at(by, Power.CREATE, place=place, at=at):
        raise NotEntitled
    require_speaker(by)
    Person.objects.select_for_update().get(pk=by.id or 0)
    if known := _said_before(wish.words, by=by):
        return Ticket.objects.get(filings__message=known, filings__withdrawn_at=None)
    message = _said(wish.words, key=f"{by.id}:{at.timestamp()}", brand=wish.brand, by=by, at=at)
    opening = Opening(
        brand=wish.brand,
        requester=address_of(by),
        subject=_subject(wish),
        message=message,
        channel=channel_of(wish.brand),
        request_type=wish.request_type,
    )
    ticket = open_ticket(opening, by=by, at=at)
    ticket = attribute(ticket, company=wish.company, site=wish.site, by=by, at=at)
    if wish.asset:
        ticket = equip(ticket, wish.asset, by=by, at=at)
    return fill(ticket, answers=wish.answers, by=by, at=at) if wish.answers else ticket


@transaction.atomic
def comment(ticket: Ticket, words: Words, *, by: Actor, at: datetime) -> Message:
    """
    Write in a request.

    Raises:
        NotEntitled: no authority lets the contact write there.
        SaySpeaker: several people share the login, and none of them said that it is they.
        AlreadyClosed, AlreadyMerged: the request is over.
        NothingSaid, TooLong, TooManyFiles: it cannot be taken as it is.
        NoAddress: nothing can be answered to the contact.
    """
    row = lock_unclosed(ticket)
    if row.company_id is None or not may_at(by, Power.COMMENT, place=stands(row), at=at):
        raise NotEntitled
    require_speaker(by)
    if known := _said_before(words, by=by):
        return known
    message = _said(words, key=f"{row.pk}:{by.id}", brand=row.brand, by=by, at=at)
    file_message(row, message, by=by, at=at)
    return message


def stands(ticket: Ticket) -> Place:
    """Say where a request of a company stands; one of nobody's company stands nowhere."""
    return place_of(
        company_id=ticket.company_id or 0,
        site_id=ticket.site_id,
        requester_id=ticket.requester_id,
    )


def _said(words: Words, *, key: str, brand: Brand, by: Actor, at: datetime) -> Message:
    text = storable(words.text).strip()
    if not text and not words.files:
        raise NothingSaid(field="text")
    if len(text) > LONGEST:
        raise TooLong(field="text", most=LONGEST)
    if len(words.files) > MOST_FILES:
        raise TooManyFiles(field="files", most=MOST_FILES)
    return receive(
        Inbound(
            channel=channel_of(brand),
            thread_key=key,
            sender=address_of(by),
            speaking=by.speaking if by.is_shared else None,
            # Signed in: nobody proves more.
            sender_verified=True,
            text=text,
            new_text=text,
            files=tuple(_files(words.files, at=at)),
            external_id=_own_id(words, by),
            sent_at=at,
        ),
        at=at,
    )


def _said_before(words: Words, *, by: Actor) -> Message | None:
    own = _own_id(words, by)
    rows = Message.objects.filter(external_id=own, sender__person=by.id)
    return rows.order_by("pk").first() if own else None


def _own_id(words: Words, by: Actor) -> str:
    return f"portal:{by.id}:{words.key}" if KEY.fullmatch(words.key) else ""


def _files(files: Sequence[tuple[str, bytes]], *, at: datetime) -> Sequence[InboundFile]:
    blobs = store_many((content for _name, content in files), at=at)
    return [
        InboundFile(blob=blobs[sha256(content).hexdigest()], name=one_line(name, 255))
        for name, content in files
    ]


def _subject(wish: Wish) -> str:
    words = one_line(wish.words.text) or str(wish.request_type or "")
    return words if len(words) <= LONGEST_SUBJECT else f"{words[: LONGEST_SUBJECT - 1].rstrip()}…"
