"""Bringing: a visitor's file is kept before it is sent; type by content, within limits."""

import secrets
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.files.storing import store
from ambidesk.ground.kernel.refusal import InvalidInput
from ambidesk.ground.kernel.texts import one_line
from ambidesk.support.channels.widget.models import Visitor, VisitorFile

LARGEST_BYTES: Final = 10_000_000
WAITING_AT_MOST: Final = 10
KEPT_FOR: Final = timedelta(hours=6)


class TooLarge(InvalidInput):
    """More bytes than a chat carries."""

    sentence = _("“%(name)s” is larger than 10 MB.")
    status = 413


class Empty(InvalidInput):
    """A file without a byte."""

    sentence = _("“%(name)s” is empty.")


class TooManyFiles(InvalidInput):
    """So many wait to be sent already."""

    sentence = _("Send these files first, then add more.")


@transaction.atomic
def bring(visitor: Visitor, *, name: str, content: bytes, at: datetime) -> VisitorFile:
    """
    Keep a file until it is sent with a message.

    Raises:
        TooLarge, Empty, TooManyFiles: it cannot be kept.
    """
    name = one_line(name, 255)
    if len(content) > LARGEST_BYTES:
        raise TooLarge(field="file", name=name)
    if not content:
        raise Empty(field="file", name=name)
    VisitorFile.objects.filter(visitor=visitor, at__lt=at - KEPT_FOR).delete()
    if VisitorFile.objects.filter(visitor=visitor).count() >= WAITING_AT_MOST:
        raise TooManyFiles(field="file")
    return VisitorFile.objects.create(
        visitor=visitor,
        blob=store(content, at=at),
        key=secrets.token_urlsafe(32),
        name=name,
        at=at,
    )


def put_back(visitor: Visitor, key: str) -> None:
    """Forget a file that was not sent."""
    VisitorFile.objects.filter(visitor=visitor, key=key).delete()
