"""Drafting: what is typed is kept at once, with its files; sending or dropping ends it."""

import secrets
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from ambidesk.ground.files.models import Blob
from ambidesk.ground.files.storing import store
from ambidesk.ground.kernel.refusal import NotEntitled
from ambidesk.ground.reach.actor import Actor
from ambidesk.support.conversations.models import Message, MessageKind
from ambidesk.support.desk.models import Draft, DraftFile
from ambidesk.support.desk.models.draft import DraftKind
from ambidesk.support.tickets.models import Ticket


def save_draft(
    ticket: Ticket, *, kind: str, text: str, html: str, by: Actor, at: datetime
) -> Draft:
    """
    Keep what is typed; the newest wins.

    Raises:
        NotEntitled: no user writes.
    """
    values = {"kind": kind, "text": text, "html": html, "saved_at": at}
    draft, _made = Draft.objects.update_or_create(
        ticket=ticket, user_id=_writer(by), defaults=values
    )
    return draft


def drop_draft(ticket: Ticket, *, by: Actor) -> None:
    """End the draft."""
    Draft.objects.filter(ticket=ticket, user=by.user_id).delete()


@transaction.atomic
def attach(ticket: Ticket, *, name: str, content: bytes, by: Actor, at: datetime) -> DraftFile:
    """
    Keep a file for the answer that is being written.

    Raises:
        NotEntitled: no user writes.
    """
    draft, _made = Draft.objects.get_or_create(
        ticket=ticket, user_id=_writer(by), defaults={"saved_at": at}
    )
    blob = store(content, at=at)
    return DraftFile.objects.create(
        draft=draft, blob=blob, key=secrets.token_urlsafe(32), name=name[:255]
    )


@transaction.atomic
def draft_again(ticket: Ticket, message: Message, *, by: Actor, at: datetime) -> Draft:
    """
    Make a draft of an answer that was taken back, with its files.

    Raises:
        NotEntitled: no user writes.
    """
    html = "" if message.kind == MessageKind.FORWARD else message.html
    draft = save_draft(
        ticket, kind=DraftKind.REPLY, text=_own_words(message), html=html, by=by, at=at
    )
    draft.files.all().delete()
    DraftFile.objects.bulk_create(
        [
            DraftFile(draft=draft, blob=each.blob, key=secrets.token_urlsafe(32), name=each.name)
            for each in message.attachments.select_related("blob").order_by("pk")
        ]
    )
    return draft


def _own_words(message: Message) -> str:
    return message.new_text if message.kind == MessageKind.FORWARD else message.text


def detach(ticket: Ticket, key: str, *, by: Actor) -> None:
    """Take one of the actor's own files off the answer again; what is gone stays gone."""
    DraftFile.objects.filter(key=key, draft__ticket=ticket, draft__user=by.user_id).delete()


def files_of(ticket: Ticket, keys: Sequence[str], *, by: Actor) -> tuple[tuple[Blob, str], ...]:
    """The actor's own files of these keys, in the order in which they were added."""
    files = DraftFile.objects.filter(
        key__in=list(keys), draft__ticket=ticket, draft__user=by.user_id
    ).select_related("blob")
    return tuple((file.blob, file.name) for file in files.order_by("pk"))


def _writer(by: Actor) -> int:
    if by.user_id is None:
        raise NotEntitled
    return by.user_id
