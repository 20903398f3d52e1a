"""An entry that a subscriber cannot take is set aside, and taken when somebody says so."""

from collections.abc import Iterator, Sequence

import pytest

from ambidesk.ground.kernel import journal, subscribers
from ambidesk.ground.kernel.models import Problem, Reading, UnreadEntry
from ambidesk.ground.kernel.subscribers import (
    AT_ONCE,
    EntryTaken,
    StillFails,
    Subscription,
    drain,
    lies_behind,
    retake,
    subscribe,
)
from tests.ground.kernel.happenings import AT, write
from tests.waiting import wait_for

NAME = "tests-picky"


class Picky:
    """Takes every thing but one, for as long as it is told to."""

    def __init__(self) -> None:
        self.taken: list[int] = []
        self.refuses: int | None = 2
        self.calls = 0

    def __call__(self, entries: Sequence[journal.Entry]) -> None:
        self.calls += 1
        things = [entry.data["thing_id"] for entry in entries]
        if self.refuses in things:
            raise ValueError("not this one")
        self.taken += things


@pytest.fixture
def picky(clone: str) -> Iterator[Picky]:
    """A subscriber that has set the second of three things aside."""
    found = Picky()
    subscription = Subscription(name=NAME, handler=found, kinds=("tests.thing_happened",))
    subscribe(subscription)
    write(1, 2, 3)

    def has_passed() -> bool:
        # Whatever its pause is, it is over.
        Reading.objects.filter(name=NAME).update(retry_at=None)
        drain(subscription)
        return found.taken == [1, 3]

    wait_for(has_passed)
    yield found
    # Other tests know only those of wiring.
    del subscribers._subscriptions[NAME]


def aside() -> UnreadEntry:
    return UnreadEntry.objects.get(subscriber=NAME)


def open_problems() -> int:
    return Problem.objects.filter(kind="subscriber-failed", solved_at=None).count()


def test_an_entry_that_was_set_aside_is_taken_once_it_can_be(picky: Picky) -> None:
    assert open_problems() == 1
    picky.refuses = None
    retake(aside().pk, at=AT)
    assert picky.taken == [1, 3, 2]
    assert aside().taken_at == AT
    assert open_problems() == 0
    with pytest.raises(EntryTaken):
        retake(aside().pk, at=AT)
    assert picky.taken == [1, 3, 2]


def test_an_entry_that_still_fails_stays_aside_and_says_so(picky: Picky) -> None:
    with pytest.raises(StillFails):
        retake(aside().pk, at=AT)
    assert aside().taken_at is None
    assert open_problems() == 1


def test_who_has_more_to_read_than_it_reads_at_once_lies_behind(picky: Picky) -> None:
    assert not lies_behind(NAME)
    write(*range(10, 11 + AT_ONCE))
    wait_for(lambda: lies_behind(NAME))
    drain(subscribers._subscriptions[NAME])
    assert not lies_behind(NAME)
    assert not lies_behind("nobody")


def test_of_a_subscriber_that_is_no_more_nothing_is_taken(picky: Picky) -> None:
    UnreadEntry.objects.update(subscriber="gone")
    with pytest.raises(EntryTaken):
        retake(UnreadEntry.objects.get().pk, at=AT)


def test_one_bad_entry_among_many_is_come_to_in_few_steps(clone: str) -> None:
    found = Picky()
    found.refuses = 60
    subscription = Subscription(name=NAME, handler=found, kinds=("tests.thing_happened",))
    write(*range(1, 81))

    def has_come_to_it() -> bool:
        drain(subscription)
        return Reading.objects.get(name=NAME).failed_times == 1

    wait_for(has_come_to_it)
    assert found.taken == [*range(1, 60)]
    assert found.calls < 40


def test_a_new_subscriber_that_fails_at_once_waits_before_it_tries_again(clone: str) -> None:
    calls = []

    def refuse(entries: Sequence[journal.Entry]) -> None:
        calls.append(len(entries))
        raise ValueError("not yet")

    subscription = Subscription(name=NAME, handler=refuse)
    write(1)

    def has_failed() -> bool:
        drain(subscription)
        return bool(calls)

    wait_for(has_failed)
    reading = Reading.objects.get(name=NAME)
    assert (reading.failed_times, reading.retry_at is None) == (1, False)
