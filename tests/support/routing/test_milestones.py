"""Milestones: whoever stands far behind is told their true place, at the cost of a few rows."""

import random
from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from ambidesk.support.routing.milestones import position_far_behind
from ambidesk.support.routing.models import Place, Rank
from ambidesk.support.tickets.models import Ticket
from tests.support.routing.conftest import Shop

LINE = 700


def _line(shop: Shop, seed: int) -> list[Place]:
    """A long line with ranks, priorities and instants that many share, in its order."""
    sample = shop.waiting()[0]
    copies = [Ticket.objects.get(pk=sample.pk) for _each in range(LINE)]
    for copy in copies:
        copy.pk = None
        copy._state.adding = True
    tickets = Ticket.objects.bulk_create(copies)
    dice = random.Random(seed)  # noqa: S311 no secret
    places = [
        Place(
            ticket=ticket,
            team=shop.cast.shop_team,
            weight=1,
            keeps=False,
            rank=dice.choice([Rank.WAITING] * 9 + [Rank.RETURNED]),
            priority=dice.choice([2, 2, 2, 3]),
            since=shop.at - timedelta(minutes=dice.randint(0, 60)),
        )
        for ticket in tickets
    ]
    Place.objects.bulk_create(places)
    return sorted(Place.objects.all(), key=_order)


def _order(place: Place) -> tuple[object, ...]:
    return (-place.rank, -place.priority, place.since, place.pk)


def test_everybody_in_a_long_line_is_told_their_true_place(shop: Shop) -> None:
    for number, place in enumerate(_line(shop, seed=1), 1):
        assert position_far_behind(place, at=shop.at) == number


def test_who_came_after_the_look_stands_behind_those_in_front(shop: Shop) -> None:
    line = _line(shop, seed=2)
    position_far_behind(line[0], at=shop.at)
    last = line[-1]
    Place.objects.filter(pk=last.pk).update(since=shop.at + timedelta(minutes=1))
    last.refresh_from_db()
    assert position_far_behind(last, at=shop.at) == len(line)


def test_who_is_gone_is_no_longer_in_front_of_those_close_behind(shop: Shop) -> None:
    line = _line(shop, seed=3)
    asked = position_far_behind(line[98], at=shop.at)
    Place.objects.filter(pk=line[97].pk).delete()
    assert position_far_behind(line[98], at=shop.at) == asked - 1


def test_the_second_who_asks_costs_a_few_rows(shop: Shop) -> None:
    line = _line(shop, seed=4)
    position_far_behind(line[-1], at=shop.at)
    with CaptureQueriesContext(connection) as seen:
        position_far_behind(line[-2], at=shop.at)
    assert len(seen) <= 3
