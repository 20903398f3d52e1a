"""
Attempting: a change under an idempotency key runs once, however often it is asked for.

The row is written in the transaction of the change: who asks for the same meanwhile waits for it.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel.refusal import InvalidInput, Refusal
from ambidesk.ground.reach.models import ApiKey, Attempt

KEPT_FOR: Final = timedelta(hours=24)
NAME: Final = re.compile(r"[!-~]{1,255}")
REFUSED: Final = 400
CLAIM: Final = """
    INSERT INTO reach_attempt (key_id, name, fingerprint, status, headers, at)
    VALUES (%s, %s, %s, 0, '{}', %s) ON CONFLICT (key_id, name) DO NOTHING RETURNING id
"""


class NameReused(InvalidInput):
    """The name stands for another change."""

    sentence = _("This idempotency key was used for another request.")


class AnswerForgotten(Refusal):
    """A person was erased since, and stored answers with them."""

    sentence = _("This was done before, but its answer is no longer kept.")


class WrongName(InvalidInput):
    """It cannot be kept."""

    sentence = _("An idempotency key has 1 to 255 printable signs and no space.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """How a change was answered; `was_stored` when it was done before."""

    status: int
    body: bytes
    headers: dict[str, str]
    was_stored: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempted:
    """
    Whose change it is, its name, and what it is about.

    An answer that is not kept, a secret for example, is told once and never again.
    """

    key: ApiKey
    name: str
    fingerprint: str
    is_kept: bool = True


class Undone(Exception):  # noqa: N818 carries an answer out of a transaction
    """The change was refused, and nothing of it stays."""

    def __init__(self, reply: Reply) -> None:
        super().__init__(reply.status)
        self.reply = reply


def once(change: Callable[[], Reply]) -> Reply:
    """Run the change in one transaction; what was refused leaves nothing behind."""
    try:
        with transaction.atomic():
            reply = change()
            _require_done(reply)
            return reply
    except Undone as undone:
        return undone.reply


def attempt(attempted: Attempted, change: Callable[[], Reply], *, at: datetime) -> Reply:
    """
    Run the change, unless it was done under this name within a day; give its answer.

    What was refused was not done, and is tried anew.

    Raises:
        NameReused: the name stands for something else.
        AnswerForgotten: it was done, and its answer is gone.
        WrongName: it is empty or too long.
    """
    key, name = attempted.key, attempted.name
    if not NAME.fullmatch(name):
        raise WrongName
    try:
        with transaction.atomic():
            Attempt.objects.filter(key=key, name=name, at__lte=at - KEPT_FOR).delete()
            row = Attempt(key=key, name=name, fingerprint=attempted.fingerprint, at=at)
            if not _claimed(row):
                return _stored(Attempt.objects.get(key=key, name=name), attempted.fingerprint)
            reply = change()
            _require_done(reply)
            kept = {"answer": reply.body, "headers": reply.headers} if attempted.is_kept else {}
            Attempt.objects.filter(key=key, name=name).update(status=reply.status, **kept)
            return reply
    except Undone as undone:
        return undone.reply


def sweep_attempts(*, at: datetime) -> int:
    """Forget what is older than a day; say how many."""
    return Attempt.objects.filter(at__lte=at - KEPT_FOR).delete()[0]


def erase_answers() -> None:
    """Forget the words of all stored answers: a person may stand in any of them."""
    Attempt.objects.exclude(answer=None).update(answer=None, headers={})


def _require_done(reply: Reply) -> None:
    """Leave the transaction with what is no success, so that it is rolled back."""
    if reply.status >= REFUSED:
        raise Undone(reply)


def _claimed(row: Attempt) -> bool:
    """Write the row unless it stands; one that is being written just now is waited for."""
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, [row.key_id, row.name, row.fingerprint, row.at])
        return cursor.fetchone() is not None


def _stored(row: Attempt, fingerprint: str) -> Reply:
    if row.fingerprint != fingerprint:
        raise NameReused
    if row.answer is None:
        raise AnswerForgotten
    return Reply(
        status=row.status, body=bytes(row.answer), headers=dict(row.headers), was_stored=True
    )
