"""Preferring: somebody says in which ways they are told of what."""

from collections.abc import Collection, Mapping

from django.db import transaction

from ambidesk.ground.reach.models import User
from ambidesk.support.notifications.models import NoticeKind, Preference, Way


def prefer_ways(user: User, ways: Mapping[NoticeKind, Collection[Way]]) -> None:
    """Remember the ways for each kind; what an account prefers is no event."""
    with transaction.atomic():
        for kind, chosen in ways.items():
            Preference.objects.update_or_create(
                user=user, kind=kind, defaults={"ways": sorted(way.value for way in chosen)}
            )
