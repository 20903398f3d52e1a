"""Prepared queries: written once, asked with other values, and never mixed up."""

import threading
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from ambidesk.ground.kernel.preparing import KEPT, prepared
from ambidesk.ground.reach.models import Role, User
from tests.cast import Cast


def named(user: int) -> list[str]:
    """The name of a user by a prepared query."""

    def make(slots: Mapping[str, int]) -> QuerySet[User]:
        return User.objects.filter(pk=slots["user"]).order_by("pk")

    return [row.name for row in prepared("test users", make, user=user)]


def test_each_value_gets_its_own_rows(cast: Cast) -> None:
    for member in (cast.olga, cast.ivan, cast.olga):
        assert named(member.user.pk) == [member.user.name]
    assert named(0) == []


def test_rows_that_were_given_out_stay_as_they_are(cast: Cast) -> None:
    first = named(cast.olga.user.pk)
    named(cast.ivan.user.pk)
    assert first == [cast.olga.user.name]


def test_what_changed_meanwhile_is_seen(cast: Cast) -> None:
    named(cast.olga.user.pk)
    User.objects.filter(pk=cast.olga.user.pk).update(name="Somebody else")
    assert named(cast.olga.user.pk) == ["Somebody else"]


def test_it_is_written_once(cast: Cast) -> None:
    made = []

    def make(slots: Mapping[str, int]) -> QuerySet[User]:
        made.append(slots)
        return User.objects.filter(pk=slots["user"])

    for member in (cast.olga, cast.ivan):
        assert prepared("written once", make, user=member.user.pk) == [member.user]
    assert len(made) == 1


def test_what_was_not_asked_for_longest_is_forgotten(cast: Cast) -> None:
    made = []

    def make(slots: Mapping[str, int]) -> QuerySet[User]:
        made.append(slots)
        return User.objects.filter(pk=slots["user"])

    for place in range(KEPT + 1):
        prepared(("forgotten", place), make, user=cast.olga.user.pk)
    prepared(("forgotten", 0), make, user=cast.olga.user.pk)
    assert len(made) == KEPT + 2


def test_threads_do_not_share_a_query(cast: Cast) -> None:
    # What the product ships is committed, so other connections see it, too.
    roles = dict(
        Role.objects.filter(key__in=["operator", "administrator"]).values_list("pk", "key")
    )
    seen: dict[int, set[str]] = {role: set() for role in roles}

    def make(slots: Mapping[str, int]) -> QuerySet[Role]:
        return Role.objects.filter(pk=slots["role"])

    def ask(role: int) -> None:
        try:
            for _ in range(50):
                seen[role].update(row.key for row in prepared("roles", make, role=role))
        finally:
            connection.close()

    threads = [threading.Thread(target=ask, args=(role,)) for role in roles]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(roles) == 2
    assert seen == {role: {key} for role, key in roles.items()}


def test_texts_and_instants_have_slots_too(cast: Cast) -> None:
    def make(slots: Mapping[str, Any]) -> QuerySet[User]:
        return User.objects.filter(name=slots["name"], joined_at__lte=slots["at"])

    def asked(name: str, at: datetime) -> list[User]:
        return prepared("texts and instants", make, name=name, at=at)

    olga = cast.olga.user
    joined = User.objects.get(pk=olga.pk).joined_at
    assert asked("Nobody", joined) == []
    assert asked(olga.name, joined) == [olga]
    assert asked(olga.name, joined - timedelta(seconds=1)) == []
