"""Returning, pushing, overflowing, attending: what happens to work when people come and go."""

from datetime import timedelta

import pytest

from ambidesk.ground.kernel import ephemeral, journal
from ambidesk.ground.kernel.refusal import NotEntitled
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.parties.staff.mastering import name_skill
from ambidesk.parties.staff.models import Team
from ambidesk.support.routing import attendance
from ambidesk.support.routing.arranging import (
    Arrangement,
    FlowsIntoItself,
    FlowsNowhere,
    ForeignBrands,
    arrange_needs,
    arrange_queue,
)
from ambidesk.support.routing.attending import set_status, watch_browsers
from ambidesk.support.routing.carrying import hands_of
from ambidesk.support.routing.models import Engagement, Mode, Operator, Place, Rank, Status
from ambidesk.support.routing.overflowing import overflow_due
from ambidesk.support.routing.pushing import push_waiting
from ambidesk.support.routing.returning import return_vanished
from ambidesk.support.routing.taking import HandsFull, take_next
from ambidesk.support.tickets.closing import wait
from ambidesk.support.tickets.models import State, Ticket
from tests.cast import Cast
from tests.support.routing.conftest import Shop, shop_of


@pytest.fixture(autouse=True)
def _empty_room() -> None:
    """Nobody sits there from another test: attendance is no part of a transaction."""
    for user in attendance.present_users():
        ephemeral.leave(attendance.PLACE, user)


def _taken(shop: Shop) -> Ticket:
    return take_next(shop.cast.olga, by=shop.cast.actor(shop.cast.olga), at=shop.at)


def _asks_a_specialist(shop: Shop, ticket: Ticket) -> None:
    wait(ticket, State.WAITING_OTHER, by=SYSTEM, at=shop.at)
    shop.settled(ticket)


def _specialist_answers(shop: Shop, ticket: Ticket) -> None:
    wait(ticket, State.OPEN, by=SYSTEM, at=shop.at)
    shop.settled(ticket)


def _load(shop: Shop) -> int:
    return hands_of([shop.cast.olga.pk], at=shop.at)[shop.cast.olga.pk].load


def test_a_talk_that_waits_for_a_specialist_frees_its_weight(shop: Shop) -> None:
    shop.waiting(2)
    shop.attend(shop.cast.olga, capacity=1)
    first = _taken(shop)
    _asks_a_specialist(shop, first)
    assert _load(shop) == 0
    assert _taken(shop).pk != first.pk


def test_it_comes_back_at_once_where_there_is_room(shop: Shop) -> None:
    shop.waiting()
    shop.attend(shop.cast.olga, capacity=1)
    first = _taken(shop)
    _asks_a_specialist(shop, first)
    _specialist_answers(shop, first)
    assert _load(shop) == 1
    assert not Place.objects.exists()


def test_it_stands_on_top_until_there_is_room_and_never_weighs_more_than_fits(shop: Shop) -> None:
    shop.waiting(3)
    shop.attend(shop.cast.olga, capacity=1)
    first = _taken(shop)
    _asks_a_specialist(shop, first)
    second = _taken(shop)
    _specialist_answers(shop, first)
    place = Place.objects.get(pk=first.pk)
    assert (place.rank, place.reserved_for) == (Rank.RETURNED, shop.cast.olga)
    assert _load(shop) == 1
    with pytest.raises(HandsFull):
        _taken(shop)
    wait(second, State.ON_HOLD, by=SYSTEM, at=shop.at)
    assert _taken(shop).pk == first.pk
    assert _load(shop) == 1


def test_nobody_else_gets_what_waits_for_somebody(shop: Shop) -> None:
    shop.waiting(2)
    shop.attend(shop.cast.olga, capacity=1)
    shop.attend(shop.cast.ivan)
    first = _taken(shop)
    _asks_a_specialist(shop, first)
    _taken(shop)
    _specialist_answers(shop, first)
    third = shop.waiting()[0]
    by = shop.cast.actor(shop.cast.ivan)
    assert take_next(shop.cast.ivan, by=by, at=shop.at).pk == third.pk


def test_answered_while_they_are_away_it_goes_to_the_others_on_top(shop: Shop) -> None:
    shop.waiting()
    shop.attend(shop.cast.olga)
    first = _taken(shop)
    _asks_a_specialist(shop, first)
    shop.attend(shop.cast.olga, Status.AWAY)
    _specialist_answers(shop, first)
    shop.waiting()
    shop.attend(shop.cast.ivan)
    by = shop.cast.actor(shop.cast.ivan)
    assert take_next(shop.cast.ivan, by=by, at=shop.at).pk == first.pk


def test_who_closes_the_desk_is_away_and_their_talks_come_back_on_top(shop: Shop) -> None:
    shop.waiting(2)
    shop.attend(shop.cast.olga)
    first = _taken(shop)
    ephemeral.leave(attendance.PLACE, shop.cast.olga.user_id)
    later = shop.at + timedelta(seconds=30)
    assert watch_browsers(at=later) == 1
    assert Operator.objects.get(pk=shop.cast.olga.pk).because == "gone"
    assert return_vanished(at=later) == 0
    assert return_vanished(at=later + timedelta(seconds=61)) == 1
    ticket = Ticket.objects.get(pk=first.pk)
    assert ticket.assignee is None
    kinds = [entry.kind for entry in journal.entries_of("ticket", first.pk)]
    assert kinds[-2:] == ["tickets.assigned", "routing.returned"]
    shop.attend(shop.cast.ivan)
    by = shop.cast.actor(shop.cast.ivan)
    assert take_next(shop.cast.ivan, by=by, at=later).pk == first.pk


def test_what_comes_back_to_everybody_needs_at_once_what_it_needed_before(shop: Shop) -> None:
    skill = name_skill(None, name="Returns", members=[shop.cast.olga], by=SYSTEM, at=shop.at)
    about = {"field": "subject", "operator": "contains", "value": "Parcel"}
    arrange_needs(skill, [about], by=SYSTEM, at=shop.at)
    shop.waiting()
    shop.attend(shop.cast.olga)
    first = _taken(shop)
    _asks_a_specialist(shop, first)
    shop.attend(shop.cast.olga, Status.AWAY)
    _specialist_answers(shop, first)
    assert Place.objects.get(pk=first.pk).needs == [skill.pk]


def test_who_opens_it_again_is_what_they_were(shop: Shop) -> None:
    shop.attend(shop.cast.olga, Status.BUSY)
    ephemeral.leave(attendance.PLACE, shop.cast.olga.user_id)
    watch_browsers(at=shop.at + timedelta(seconds=30))
    attendance.report([shop.cast.olga.user_id])
    watch_browsers(at=shop.at + timedelta(seconds=40))
    assert Operator.objects.get(pk=shop.cast.olga.pk).status == Status.BUSY


def test_whose_turn_it_is_not_stays_with_its_operator(shop: Shop) -> None:
    shop.waiting()
    shop.attend(shop.cast.olga)
    wait(_taken(shop), State.WAITING_REQUESTER, by=SYSTEM, at=shop.at)
    ephemeral.leave(attendance.PLACE, shop.cast.olga.user_id)
    watch_browsers(at=shop.at + timedelta(seconds=30))
    assert return_vanished(at=shop.at + timedelta(hours=1)) == 0


def test_push_gives_to_whoever_has_been_idle_longest(cast: Cast) -> None:
    shop = shop_of(cast, Mode.PUSH)
    shop.attend(cast.olga)
    Operator.objects.filter(pk=cast.olga.pk).update(idle_since=cast.at - timedelta(minutes=2))
    shop.attend(cast.ivan)
    Operator.objects.filter(pk=cast.ivan.pk).update(idle_since=cast.at - timedelta(minutes=5))
    first, second, third = shop.waiting(3)
    assert push_waiting(at=cast.at) == 3
    owners = [Ticket.objects.get(pk=each.pk).assignee for each in (first, second, third)]
    assert owners[:2] == [cast.ivan, cast.olga]


def test_push_gives_nothing_to_who_is_busy_or_gone(cast: Cast) -> None:
    shop = shop_of(cast, Mode.PUSH)
    shop.attend(cast.olga, Status.BUSY)
    shop.attend(cast.ivan)
    ephemeral.leave(attendance.PLACE, cast.ivan.user_id)
    shop.waiting()
    assert push_waiting(at=cast.at) == 0


def test_push_stops_where_nothing_more_fits(cast: Cast) -> None:
    shop = shop_of(cast, Mode.PUSH)
    shop.attend(cast.olga, capacity=2)
    shop.waiting(5)
    push_waiting(at=cast.at)
    push_waiting(at=cast.at)
    assert Engagement.objects.filter(member=cast.olga).count() == 2


def _second_line(cast: Cast) -> Team:
    team = Team.objects.create(name="Second line")
    team.brands.add(cast.shop)
    return team


def test_what_waits_too_long_goes_on_to_the_other_team_once(cast: Cast) -> None:
    second = _second_line(cast)
    shop = shop_of(cast, Mode.PULL, overflow_to=second, overflow_after=120)
    arrange_queue(second, Arrangement(mode=Mode.PULL), by=SYSTEM, at=cast.at)
    ticket = shop.waiting()[0]
    assert overflow_due(at=cast.at + timedelta(seconds=60)) == 0
    later = cast.at + timedelta(seconds=121)
    assert overflow_due(at=later) == 1
    shop.settled(ticket)
    assert Place.objects.get(pk=ticket.pk).team == second
    assert Ticket.objects.get(pk=ticket.pk).team == second
    assert overflow_due(at=later + timedelta(days=1)) == 0


def test_a_queue_that_cannot_flow_is_refused(cast: Cast) -> None:
    def arrange(**more: object) -> None:
        said = Arrangement(mode=Mode.PULL, **more)  # type: ignore[arg-type]
        arrange_queue(cast.shop_team, said, by=SYSTEM, at=cast.at)

    with pytest.raises(FlowsNowhere):
        arrange(overflow_after=60)
    with pytest.raises(FlowsIntoItself):
        arrange(overflow_to=cast.shop_team, overflow_after=60)
    with pytest.raises(ForeignBrands):
        arrange(overflow_to=cast.lift_team, overflow_after=60)


def test_nobody_sets_the_status_of_a_colleague(shop: Shop) -> None:
    with pytest.raises(NotEntitled):
        set_status(shop.cast.olga, Status.AWAY, by=shop.cast.actor(shop.cast.ivan), at=shop.at)
