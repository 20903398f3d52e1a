"""
Notifying: users are told, once each, in the ways that they prefer.

What somebody is told who is away, their stand-in is told as well.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import transaction

from ambidesk.ground.kernel.signals import signal
from ambidesk.parties.staff.standing_in import stand_ins_of_users
from ambidesk.support.notifications.models import (
    Notice,
    NoticeKind,
    Preference,
    PushEndpoint,
    PushMessage,
    Way,
)
from ambidesk.support.notifications.models.preference import USUAL

# What is read on the screen within this time needs no mail.
PATIENCE = timedelta(minutes=5)


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """Something that a user is told; `sequence` tells the same news from another."""

    user_id: int
    kind: NoticeKind
    subject_kind: str
    subject_id: int
    actor_id: int | None
    sequence: int
    at: datetime
    instead_of_id: int | None = None


@transaction.atomic
def notify_many(news: Sequence[News], *, at: datetime) -> list[Notice]:
    """Tell users; what they were told before is not told again."""
    fresh = _unknown([*news, *_for_stand_ins(news, at)])
    ways = ways_of({each.user_id for each in fresh})
    rows = [_notice(each, ways[each.user_id][each.kind], at) for each in fresh]
    notices = Notice.objects.bulk_create(
        [row for row, each in zip(rows, fresh, strict=True) if ways[each.user_id][each.kind]]
    )
    _push(notices, ways, at)
    for user in sorted({notice.user_id for notice in notices}):
        signal(f"user:{user}")
    return notices


def ways_of(users: Collection[int]) -> Mapping[int, Mapping[str, tuple[Way, ...]]]:
    """In which ways each user is told of each kind."""
    chosen: dict[int, dict[str, tuple[Way, ...]]] = {user: dict(USUAL) for user in users}
    for row in Preference.objects.filter(user__in=users):
        chosen[row.user_id][row.kind] = tuple(Way(way) for way in row.ways if way in Way.values)
    return chosen


def _for_stand_ins(news: Sequence[News], at: datetime) -> list[News]:
    """Nobody is told what they did themselves."""
    instead = stand_ins_of_users({each.user_id for each in news}, at=at)
    return [
        replace(each, user_id=instead[each.user_id], instead_of_id=each.user_id)
        for each in news
        if each.user_id in instead and instead[each.user_id] != each.actor_id
    ]


def _unknown(news: Iterable[News]) -> list[News]:
    wanted: dict[tuple[int, str, int], News] = {}
    for each in news:
        # What somebody is told for themselves they are not told again for another.
        wanted.setdefault((each.user_id, each.kind.value, each.sequence), each)
    known = Notice.objects.filter(
        user__in={key[0] for key in wanted}, sequence__in={key[2] for key in wanted}
    ).values_list("user", "kind", "sequence")
    for key in known:
        wanted.pop(key, None)
    return list(wanted.values())


def _notice(news: News, ways: Collection[Way], at: datetime) -> Notice:
    return Notice(
        user_id=news.user_id,
        kind=news.kind,
        subject_kind=news.subject_kind,
        subject_id=news.subject_id,
        actor_id=news.actor_id,
        instead_of_id=news.instead_of_id,
        sequence=news.sequence,
        at=news.at,
        is_shown=Way.SCREEN in ways,
        mail_due_at=at + PATIENCE if Way.MAIL in ways else None,
    )


def _push(
    notices: Sequence[Notice], ways: Mapping[int, Mapping[str, tuple[Way, ...]]], at: datetime
) -> None:
    wanted = [each for each in notices if Way.PUSH in ways[each.user_id][each.kind]]
    if not wanted:
        return
    endpoints: dict[int, list[PushEndpoint]] = {}
    for row in PushEndpoint.objects.filter(user__in={each.user_id for each in wanted}):
        endpoints.setdefault(row.user_id, []).append(row)
    PushMessage.objects.bulk_create(
        [
            PushMessage(endpoint=endpoint, notice=notice, due_at=at)
            for notice in wanted
            for endpoint in endpoints.get(notice.user_id, ())
        ]
    )
