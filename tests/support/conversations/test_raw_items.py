"""Raw items: taken once, claimed fairly, settled by whoever holds them, kept byte by byte."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ambidesk.ground.kernel.models import Problem
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.support.conversations.claiming import claim, release, settle
from ambidesk.support.conversations.models import (
    Channel,
    ChannelKind,
    IntakeItem,
    IntakeKey,
    IntakeState,
)
from ambidesk.support.conversations.quarantine import (
    AlreadyErased,
    NotInQuarantine,
    discard,
    replay,
    set_aside,
)
from ambidesk.support.conversations.raw import IN_ROW_BYTES, forget, raw_of
from ambidesk.support.conversations.taking import Arrival, ensure_partitions, take_many
from tests.cast import Cast

MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def files(settings: LazySettings, tmp_path: Path) -> Path:
    settings.FILES_ROOT = tmp_path / "files"
    return tmp_path / "files"


def arrival(channel: Channel, key: str, *, at: datetime, raw: bytes = b"x") -> Arrival:
    return Arrival(
        channel_id=channel.pk, external_key=key, raw=raw, envelope={"n": 1}, received_at=at
    )


def take(channel: Channel, key: str, *, at: datetime, raw: bytes = b"x") -> IntakeItem:
    arrived = arrival(channel, key, at=at, raw=raw)
    return IntakeItem.objects.get(pk=take_many([arrived])[arrived.key])


def claimed(at: datetime, limit: int = 50) -> list[IntakeItem]:
    return claim([ChannelKind.EMAIL], at=at, lasting=MINUTE, limit=limit)


def test_what_comes_twice_is_one_item(cast: Cast) -> None:
    first = take_many([arrival(cast.shop_mail, "a", at=cast.at)] * 2)
    again = take_many([arrival(cast.shop_mail, "a", at=cast.at)])
    assert (len(first), len(again)) == (1, 0)
    assert IntakeItem.objects.count() == IntakeKey.objects.count() == 1


def test_two_channels_take_the_same_key_once_each(cast: Cast) -> None:
    taken = take_many(
        [arrival(cast.shop_mail, "a", at=cast.at), arrival(cast.lift_mail, "a", at=cast.at)]
    )
    assert len(taken) == 2


@settings(
    max_examples=20,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(content=st.binary(max_size=300), many=st.sampled_from([1, IN_ROW_BYTES, 300_000]))
def test_raw_content_comes_back_byte_by_byte(cast: Cast, content: bytes, many: int) -> None:
    raw = (content or b"\x00") * (many // max(len(content), 1) + 1)
    key = f"{len(raw)}:{hash(raw)}:{IntakeItem.objects.count()}"
    assert raw_of(take(cast.shop_mail, key, at=cast.at, raw=raw)) == raw


def test_large_content_lies_packed_in_the_file_store(cast: Cast, files: Path) -> None:
    item = take(cast.shop_mail, "large", at=cast.at, raw=b"abc" * IN_ROW_BYTES)
    assert item.raw is None
    assert [len(path.read_bytes()) < 1000 for path in files.rglob("*.zst")] == [True]


def test_forgotten_content_is_gone_but_not_that_of_its_twin(cast: Cast, files: Path) -> None:
    raw = b"abc" * IN_ROW_BYTES
    one = take(cast.shop_mail, "one", at=cast.at, raw=raw)
    twin = take(cast.lift_mail, "two", at=cast.at, raw=raw)
    forget([one.pk])
    one.refresh_from_db()
    assert (raw_of(one), raw_of(twin)) == (b"", raw)
    forget([twin.pk])
    assert list(files.rglob("*.zst")) == []


def test_a_claimed_item_is_nobody_elses_until_its_lease_ends(cast: Cast) -> None:
    take(cast.shop_mail, "a", at=cast.at)
    assert len(claimed(cast.at)) == 1
    assert claimed(cast.at + MINUTE / 2) == []
    assert len(claimed(cast.at + 2 * MINUTE)) == 1


def test_whoever_lost_the_lease_settles_nothing(cast: Cast) -> None:
    take(cast.shop_mail, "a", at=cast.at)
    late = claimed(cast.at)
    holder = claimed(cast.at + 2 * MINUTE)
    assert settle(late, IntakeState.DONE) == set()
    assert settle(holder, IntakeState.DONE) == {holder[0].pk}
    assert claimed(cast.at + 9 * MINUTE) == []


def test_what_is_given_back_is_claimed_at_once_and_counts_no_attempt(cast: Cast) -> None:
    take(cast.shop_mail, "a", at=cast.at)
    release(claimed(cast.at))
    assert [item.attempts for item in claimed(cast.at)] == [1]


def test_a_flood_in_one_channel_leaves_the_other_its_share(cast: Cast) -> None:
    take_many([arrival(cast.shop_mail, f"s{n}", at=cast.at) for n in range(40)])
    take_many([arrival(cast.lift_mail, f"l{n}", at=cast.at) for n in range(3)])
    channels = [item.channel_id for item in claimed(cast.at, limit=10)]
    assert channels.count(cast.lift_mail.pk) == 3
    assert channels.count(cast.shop_mail.pk) == 5


def test_what_was_tried_before_comes_alone_and_last(cast: Cast) -> None:
    take_many([arrival(cast.shop_mail, f"old{n}", at=cast.at) for n in range(3)])
    claimed(cast.at)
    take_many([arrival(cast.shop_mail, f"new{n}", at=cast.at) for n in range(2)])
    assert [item.attempts for item in claimed(cast.at + 2 * MINUTE)] == [1, 1, 2]


def test_what_is_set_aside_is_reported_and_can_be_replayed(cast: Cast) -> None:
    take(cast.shop_mail, "a", at=cast.at)
    items = claimed(cast.at)
    set_aside(items, "deadline", at=cast.at)
    problem = Problem.objects.get(kind="intake-quarantined")
    assert problem.facts == {"channel": cast.shop_mail.name, "reason": "deadline"}
    assert claimed(cast.at + 9 * MINUTE) == []

    replay(items[0], by=cast.actor(cast.admin), at=cast.at)
    problem.refresh_from_db()
    assert problem.solved_at == cast.at
    assert len(claimed(cast.at)) == 1


def test_what_is_not_in_quarantine_is_neither_replayed_nor_discarded(cast: Cast) -> None:
    item = take(cast.shop_mail, "a", at=cast.at)
    with pytest.raises(NotInQuarantine):
        replay(item, by=SYSTEM, at=cast.at)
    with pytest.raises(NotInQuarantine):
        discard(item, by=SYSTEM, at=cast.at)


def test_a_discarded_item_stays_as_it_came_and_is_not_replayed(cast: Cast) -> None:
    item = take(cast.shop_mail, "a", at=cast.at, raw=b"words")
    set_aside(claimed(cast.at), "fault", at=cast.at)
    discard(item, by=SYSTEM, at=cast.at)
    item.refresh_from_db()
    assert raw_of(item) == b"words"
    assert Problem.objects.filter(solved_at=None).count() == 0
    with pytest.raises(NotInQuarantine):
        replay(item, by=SYSTEM, at=cast.at)


def test_erased_content_is_not_replayed(cast: Cast) -> None:
    item = take(cast.shop_mail, "a", at=cast.at)
    set_aside(claimed(cast.at), "fault", at=cast.at)
    forget([item.pk])
    with pytest.raises(AlreadyErased):
        replay(item, by=SYSTEM, at=cast.at)


def test_a_partition_lies_ahead_of_the_items(cast: Cast) -> None:
    assert ensure_partitions() == []
