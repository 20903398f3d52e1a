"""Racing: real connections pull at once; none is given twice and none is left."""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from time import monotonic

import pytest
from django.db import connection, transaction

from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.ground.reach.granting import actor_of
from ambidesk.parties.staff.models import Member
from ambidesk.support.routing import heeding
from ambidesk.support.routing.models import Engagement, Mode, Place, Rank
from ambidesk.support.routing.pushing import push_waiting
from ambidesk.support.routing.settling import settle
from ambidesk.support.routing.taking import HandsFull, NothingFits, NothingWaits, take_next
from ambidesk.support.tickets.closing import solve
from ambidesk.support.tickets.models import Ticket
from tests.cast import hired, make_cast
from tests.support.routing.conftest import Shop, shop_of
from tests.waiting import PATIENCE_SECONDS

OPERATORS, TICKETS = 12, 150


def _crowded(mode: Mode = Mode.PULL, capacity: int = 4) -> tuple[Shop, list[Member]]:
    shop = shop_of(make_cast(datetime.now(UTC)), mode)
    names = [f"o{number} Oper" for number in range(OPERATORS)]
    crew = [hired(name, "operator", shop.cast.shop_team, at=shop.at) for name in names]
    for member in crew:
        shop.attend(member, capacity=capacity)
    return shop, crew


def _at_once(crew: list[Member], work: object) -> list[list[int]]:
    begin = threading.Barrier(len(crew))

    def run(member: Member) -> list[int]:
        begin.wait()
        try:
            return work(member)  # type: ignore[operator]
        finally:
            connection.close()

    with ThreadPoolExecutor(len(crew)) as pool:
        return list(pool.map(run, crew))


def test_many_who_pull_at_once_get_each_ticket_once_and_leave_none(clone: str) -> None:
    shop, crew = _crowded()
    shop.waiting(TICKETS)

    def pull(member: Member) -> list[int]:
        by, taken = actor_of(member.user), list[int]()
        while True:
            try:
                ticket = take_next(member, by=by, at=datetime.now(UTC))
            except (NothingWaits, NothingFits):
                return taken
            taken.append(ticket.pk)
            solve(ticket, by=by, at=datetime.now(UTC))

    everything = Counter(number for taken in _at_once(crew, pull) for number in taken)
    assert sum(everything.values()) == TICKETS
    assert set(everything.values()) == {1}
    assert not Place.objects.exists()


def test_one_operator_in_many_windows_never_holds_more_than_fits(clone: str) -> None:
    shop, _crew = _crowded()
    shop.waiting(30)
    olga = shop.cast.olga
    shop.attend(olga, capacity=3)

    def pull(_member: Member) -> list[int]:
        taken = []
        for _each in range(3):
            try:
                taken.append(take_next(olga, by=SYSTEM, at=datetime.now(UTC)).pk)
            except HandsFull:
                return taken
        return taken

    taken = _at_once(_crew, pull)
    assert sum(map(len, taken)) == 3
    assert Engagement.objects.filter(member=olga).count() == 3


def test_push_and_pull_at_once_give_nothing_twice(clone: str) -> None:
    shop, crew = _crowded(Mode.PUSH, capacity=5)
    shop.waiting(50)

    def both(member: Member) -> list[int]:
        if member.pk % 2:
            push_waiting(at=datetime.now(UTC))
            return []
        taken = []
        for _each in range(5):
            try:
                taken.append(take_next(member, by=SYSTEM, at=datetime.now(UTC)).pk)
            except (HandsFull, NothingWaits, NothingFits):
                break
        return taken

    _at_once(crew, both)
    push_waiting(at=datetime.now(UTC))
    held = Counter(Engagement.objects.values_list("member", flat=True))
    assert max(held.values()) <= 5
    assert sum(held.values()) == 50
    assert Ticket.objects.filter(assignee=None).count() == 0


def test_settling_and_pulling_at_once_neither_wait_in_a_ring_nor_lose_anything(clone: str) -> None:
    shop, crew = _crowded()
    numbers = [ticket.pk for ticket in shop.waiting(60)]

    def mixed(member: Member) -> list[int]:
        if member.pk % 3 == 0:
            for _each in range(4):
                settle(numbers, by=SYSTEM, at=datetime.now(UTC))
            return []
        taken = []
        for _each in range(20):
            try:
                ticket = take_next(member, by=SYSTEM, at=datetime.now(UTC))
            except (HandsFull, NothingWaits, NothingFits):
                continue
            taken.append(ticket.pk)
            solve(ticket, by=SYSTEM, at=datetime.now(UTC))
        return taken

    taken = Counter(number for each in _at_once(crew, mixed) for number in each)
    assert set(taken.values()) <= {1}
    settle(numbers, by=SYSTEM, at=datetime.now(UTC))
    assert Place.objects.count() == len(numbers) - sum(taken.values())


def _holding(*numbers: int, until: threading.Event) -> threading.Thread:
    """A second connection writes on tickets, as a subscriber does, until it is told to end."""
    begun = threading.Event()

    def hold() -> None:
        try:
            with transaction.atomic():
                rows = Ticket.objects.select_for_update(no_key=True).filter(pk__in=numbers)
                list(rows.order_by("pk"))
                begun.set()
                until.wait(PATIENCE_SECONDS)
        finally:
            connection.close()

    thread = threading.Thread(target=hold)
    thread.start()
    assert begun.wait(PATIENCE_SECONDS)
    return thread


def _returned(shop: Shop, ticket: Ticket) -> None:
    Place.objects.filter(pk=ticket.pk).update(rank=Rank.RETURNED)


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A moment ends with whoever writes, however slowly a busy machine comes to that."""
    monkeypatch.setattr(heeding, "PATIENCE_MS", 1000 * int(PATIENCE_SECONDS))


@pytest.mark.usefixtures("patient")
def test_what_came_back_is_next_although_somebody_writes_on_it_at_that_moment(clone: str) -> None:
    shop, crew = _crowded()
    _older, other = shop.waiting(2)
    _returned(shop, other)
    ended = threading.Event()
    holder = _holding(other.pk, until=ended)
    threading.Timer(0.1, ended.set).start()
    taken = take_next(crew[0], by=SYSTEM, at=datetime.now(UTC))
    holder.join()
    assert taken.pk == other.pk


@pytest.mark.usefixtures("patient")
def test_a_place_alone_is_not_called_an_empty_queue_while_it_is_written_on(clone: str) -> None:
    shop, crew = _crowded()
    only = shop.waiting()[0]
    ended = threading.Event()
    holder = _holding(only.pk, until=ended)
    threading.Timer(0.1, ended.set).start()
    assert take_next(crew[0], by=SYSTEM, at=datetime.now(UTC)).pk == only.pk
    holder.join()


def test_who_writes_for_long_keeps_nobody_from_the_next_one(clone: str) -> None:
    shop, crew = _crowded()
    older, other = shop.waiting(2)
    _returned(shop, other)
    ended = threading.Event()
    holder = _holding(other.pk, until=ended)
    try:
        began = monotonic()
        taken = take_next(crew[0], by=SYSTEM, at=datetime.now(UTC))
        assert taken.pk == older.pk
        assert monotonic() - began < PATIENCE_SECONDS / 2
    finally:
        ended.set()
        holder.join()
    assert take_next(crew[1], by=SYSTEM, at=datetime.now(UTC)).pk == other.pk
