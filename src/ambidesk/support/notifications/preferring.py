"""Preferring: somebody says in which ways they are told of what."""

from collections.abc import Collection, Mapping
from typing import Final

from django.core import signing
from django.db import transaction

from ambidesk.ground.reach.models import User
from ambidesk.support.notifications.models import OF_CLIENTS, NoticeKind, Preference, Way
from ambidesk.support.notifications.notifying import ways_of

SALT: Final = "ambidesk.notices.mail"


def prefer_ways(user: User, ways: Mapping[NoticeKind, Collection[Way]]) -> None:
    """Remember the ways for each kind; what an account prefers is no event."""
    with transaction.atomic():
        for kind, chosen in ways.items():
            Preference.objects.update_or_create(
                user=user, kind=kind, defaults={"ways": sorted(way.value for way in chosen)}
            )


def token_to_end_mails(user: User) -> str:
    """Write whom a link in a mail lets out of it; it opens nothing else, and lasts as the mail."""
    return signing.dumps(user.pk, salt=SALT)


def whose_mails(token: str) -> User | None:
    """Say whose link it is; None where it is none of ours, or the account is closed."""
    try:
        key = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    return User.objects.active().filter(pk=key, is_client=True).first()


def gets_mails(user: User) -> bool:
    """Whether a client is told of anything by mail."""
    return any(Way.MAIL in ways_of([user.pk])[user.pk][kind] for kind in OF_CLIENTS)


def end_mails(user: User) -> None:
    """Tell a client by mail of nothing any more; other ways stay as they are."""
    ways = ways_of([user.pk])[user.pk]
    prefer_ways(user, {kind: set(ways[kind]) - {Way.MAIL} for kind in OF_CLIENTS})
