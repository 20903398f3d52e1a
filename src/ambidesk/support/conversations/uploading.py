"""Uploading: a program brings files before it says something with them; each is said once."""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.files.models import Blob
from ambidesk.ground.files.storing import store
from ambidesk.ground.kernel.refusal import InvalidInput, NotEntitled
from ambidesk.ground.kernel.texts import one_line
from ambidesk.ground.reach.actor import Actor, ActorKind
from ambidesk.ground.reach.models import ApiKey
from ambidesk.support.conversations.models import Upload

LARGEST_BYTES: Final = 20_000_000
WAITING_AT_MOST: Final = 200
KEPT_FOR: Final = timedelta(hours=24)


class TooLarge(InvalidInput):
    """The file would not fit into a mail."""

    sentence = _("“%(name)s” is larger than 20 MB.")
    status = 413


class Empty(InvalidInput):
    """A file without a byte."""

    sentence = _("“%(name)s” is empty.")


class TooManyFiles(InvalidInput):
    """So many wait to be sent already."""

    sentence = _("Send these files first, then add more.")


class FileGone(InvalidInput):
    """The file was never brought by this key, was sent already, or waited too long."""

    sentence = _("A file is not here any more. Add it again.")


@transaction.atomic
def bring(*, name: str, content: bytes, by: Actor, at: datetime) -> Upload:
    """
    Keep a file until something is said with it, for a day at most; its type is told by its content.

    Raises:
        TooLarge, Empty, TooManyFiles: it cannot be kept.
        NotEntitled: no key brings it.
    """
    holder = _holder(by)
    name = one_line(name, 255)
    if len(content) > LARGEST_BYTES:
        raise TooLarge(field="file", name=name)
    if not content:
        raise Empty(field="file", name=name)
    # Who brings many at once waits here: the limit is one for all of them.
    ApiKey.objects.select_for_update(no_key=True).get(pk=holder)
    Upload.objects.filter(holder=holder, at__lte=at - KEPT_FOR).delete()
    if Upload.objects.filter(holder=holder).count() >= WAITING_AT_MOST:
        raise TooManyFiles(field="file")
    return Upload.objects.create(
        holder_id=holder,
        blob=store(content, at=at),
        key=secrets.token_urlsafe(32),
        name=name,
        at=at,
    )


def take_uploads(keys: Sequence[str], *, by: Actor, at: datetime) -> tuple[tuple[Blob, str], ...]:
    """
    Take the files of these keys, in their order; part of the transaction that says them.

    Raises:
        FileGone: one of them does not wait.
        NotEntitled: no key brought them.
    """
    if not keys:
        return ()
    rows = Upload.objects.select_for_update(of=("self",)).select_related("blob").order_by("pk")
    waiting = rows.filter(holder=_holder(by), key__in=set(keys), at__gt=at - KEPT_FOR)
    found = {row.key: row for row in waiting}
    if len(found) != len(set(keys)):
        raise FileGone(field="files")
    Upload.objects.filter(pk__in=[row.pk for row in found.values()]).delete()
    return tuple((found[key].blob, found[key].name) for key in dict.fromkeys(keys))


def put_back(key: str, *, by: Actor) -> None:
    """Forget a file that nothing is said with; what is gone stays gone."""
    Upload.objects.filter(holder=_holder(by), key=key).delete()


def sweep_uploads(*, at: datetime) -> int:
    """Forget what waited for a day; say how many."""
    return Upload.objects.filter(at__lte=at - KEPT_FOR).delete()[0]


def _holder(by: Actor) -> int:
    if by.kind is not ActorKind.API_KEY or by.id is None:
        raise NotEntitled
    return by.id
