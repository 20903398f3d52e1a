"""Documenting: papers of models and of single assets, and whether clients read them."""

import secrets
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.files.storing import store
from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.refusal import InvalidInput, NotEntitled
from ambidesk.ground.kernel.texts import one_line
from ambidesk.ground.reach.actor import Actor
from ambidesk.service.assets.events import DocumentKept
from ambidesk.service.assets.models import Asset, AssetModel, Document
from ambidesk.service.assets.rights import AssetRight

LARGEST_BYTES: Final = 20_000_000
KEY_BYTES: Final = 32


class NothingInIt(InvalidInput):
    """It is no paper."""

    sentence = _("Choose a file with something in it.")


class PaperTooLarge(InvalidInput):
    """More than is kept."""

    sentence = _("A document may have 20 MB.")


@transaction.atomic
def keep_document(
    of: Asset | AssetModel,
    content: bytes,
    *,
    name: str,
    for_clients: bool,
    by: Actor,
    at: datetime,
) -> Document:
    """
    Keep a paper of an asset, or of all assets of a model.

    Raises:
        NotEntitled: papers of a model are for who decides about models.
        NothingInIt, PaperTooLarge: it is nothing to keep.
    """
    _require(by, is_of_model=isinstance(of, AssetModel))
    if not content:
        raise NothingInIt(field="files")
    if len(content) > LARGEST_BYTES:
        raise PaperTooLarge(field="files")
    row = Document.objects.create(
        model=of if isinstance(of, AssetModel) else None,
        asset=of if isinstance(of, Asset) else None,
        blob=store(content, at=at),
        key=secrets.token_urlsafe(KEY_BYTES),
        name=one_line(name)[:255] or "document",
        for_clients=for_clients,
        at=at,
    )
    _record(row, by=by, at=at)
    return row


@transaction.atomic
def show_document(document: Document, *, for_clients: bool, by: Actor, at: datetime) -> Document:
    """
    Let clients who have such equipment read a paper, or let them no more.

    Raises:
        NotEntitled: papers of a model are for who decides about models.
    """
    row = Document.objects.select_for_update().get(pk=document.pk)
    _require(by, is_of_model=row.model_id is not None)
    row.for_clients = for_clients
    row.save(update_fields=["for_clients"])
    _record(row, by=by, at=at)
    return row


@transaction.atomic
def drop_document(document: Document, *, by: Actor, at: datetime) -> None:
    """
    Take a paper away.

    Raises:
        NotEntitled: papers of a model are for who decides about models.
    """
    row = Document.objects.select_for_update().get(pk=document.pk)
    _require(by, is_of_model=row.model_id is not None)
    _record(row, by=by, at=at, kept=False)
    row.delete()


def _require(by: Actor, *, is_of_model: bool) -> None:
    if not by.may(AssetRight.DECIDE if is_of_model else AssetRight.KEEP):
        raise NotEntitled


def _record(row: Document, *, by: Actor, at: datetime, kept: bool = True) -> None:
    event = DocumentKept(
        document_id=row.pk,
        asset_id=row.asset_id,
        model_id=row.model_id,
        for_clients=row.for_clients,
        kept=kept,
    )
    journal.record(event, by=by, at=at)


def document_called(key: str, actor: Actor) -> Document | None:
    """Find a paper by its key, where it is open to somebody."""
    return Document.objects.open_to(actor).select_related("blob").filter(key=key).first()
