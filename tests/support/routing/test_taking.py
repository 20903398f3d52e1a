"""Taking: the next one, in order, by skill and room; explained."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ambidesk.ground.kernel import journal
from ambidesk.ground.reach.actor import SYSTEM, Actor, ActorKind
from ambidesk.parties.staff.mastering import name_skill
from ambidesk.parties.staff.models import Membership, Team
from ambidesk.support.routing.arranging import Arrangement, arrange_needs, arrange_queue
from ambidesk.support.routing.events import TalkReleased
from ambidesk.support.routing.models import Engagement, Mode, Place, Status
from ambidesk.support.routing.taking import (
    HandsFull,
    NotAttending,
    NothingFits,
    NothingWaits,
    take_next,
)
from ambidesk.support.tickets.assigning import assign
from ambidesk.support.tickets.closing import solve
from ambidesk.support.tickets.describing import prioritise
from ambidesk.support.tickets.models import Priority, State, Ticket
from tests.cast import Cast
from tests.support.routing.conftest import Shop


def _next(shop: Shop, who: str = "olga") -> Ticket:
    member = getattr(shop.cast, who)
    return take_next(member, by=shop.cast.actor(member), at=shop.at)


def test_whoever_waits_longest_is_next(shop: Shop) -> None:
    first, second = shop.waiting(2)
    shop.attend(shop.cast.olga)
    assert _next(shop).pk == first.pk
    assert _next(shop).pk == second.pk
    assert Ticket.objects.get(pk=first.pk).assignee == shop.cast.olga
    assert Ticket.objects.get(pk=first.pk).state == State.OPEN


def test_an_urgent_one_goes_before_older_ones(shop: Shop) -> None:
    _first, second = shop.waiting(2)
    prioritise(second, priority=Priority.URGENT, by=SYSTEM, at=shop.at)
    shop.settled(second)
    shop.attend(shop.cast.olga)
    assert _next(shop).pk == second.pk


def test_nobody_takes_more_than_fits(shop: Shop) -> None:
    shop.waiting(3)
    shop.attend(shop.cast.olga, capacity=2)
    _next(shop)
    _next(shop)
    with pytest.raises(HandsFull, match="2 of 2"):
        _next(shop)


def test_what_is_solved_makes_room_at_once(shop: Shop) -> None:
    shop.waiting(2)
    shop.attend(shop.cast.olga, capacity=1)
    taken = _next(shop)
    solve(taken, by=shop.cast.actor(shop.cast.olga), at=shop.at)
    # No subscriber has run: the ticket itself says that it is over.
    assert _next(shop).pk != taken.pk


def test_who_is_away_takes_nothing(shop: Shop) -> None:
    shop.waiting()
    shop.attend(shop.cast.olga, Status.AWAY)
    with pytest.raises(NotAttending):
        _next(shop)


def test_who_never_said_anything_is_away(shop: Shop) -> None:
    shop.waiting()
    with pytest.raises(NotAttending):
        _next(shop)


def test_an_empty_queue_says_so(shop: Shop) -> None:
    shop.attend(shop.cast.olga)
    with pytest.raises(NothingWaits):
        _next(shop)


def test_nobody_takes_from_the_queue_of_others(shop: Shop) -> None:
    shop.waiting()
    shop.attend(shop.cast.lev)
    with pytest.raises(NothingWaits):
        _next(shop, "lev")


def test_who_lacks_the_skill_gets_the_next_one_that_fits(shop: Shop) -> None:
    cast = shop.cast
    skill = name_skill(None, name="Returns", members=[cast.ivan], by=SYSTEM, at=shop.at)
    about = {"field": "subject", "operator": "contains", "value": "return"}
    arrange_needs(skill, [about], by=SYSTEM, at=shop.at)
    hard, easy = shop.waiting(1, subject="My return")[0], shop.waiting(1)[0]
    shop.attend(cast.olga)
    shop.attend(cast.ivan)
    assert _next(shop).pk == easy.pk
    with pytest.raises(NothingFits):
        _next(shop)
    assert _next(shop, "ivan").pk == hard.pk


def test_what_somebody_took_by_hand_is_not_given_again(shop: Shop) -> None:
    ticket = shop.waiting()[0]
    by = shop.cast.actor(shop.cast.ivan)
    assign(ticket, assignee=shop.cast.ivan, team=shop.cast.shop_team, by=by, at=shop.at)
    shop.attend(shop.cast.olga)
    # The place is still there: the ticket has the last word.
    assert Place.objects.filter(pk=ticket.pk).exists()
    with pytest.raises((NothingWaits, NothingFits)):
        _next(shop)
    shop.settled(ticket)
    assert not Place.objects.exists()


def test_the_journal_says_what_decided_it(shop: Shop) -> None:
    ticket = shop.waiting()[0]
    shop.attend(shop.cast.olga)
    _next(shop)
    entry = journal.entries_of("ticket", ticket.pk)[-1]
    assert entry.kind == "routing.taken"
    assert entry.data["waited_seconds"] == 3600
    assert (entry.data["load"], entry.data["capacity"]) == (1, 4)


def test_what_was_taken_weighs_until_it_is_done(shop: Shop) -> None:
    shop.waiting()
    shop.attend(shop.cast.olga)
    ticket = _next(shop)
    assert Engagement.objects.get(pk=ticket.pk).member == shop.cast.olga
    solve(ticket, by=SYSTEM, at=shop.at)
    shop.settled(ticket)
    assert not Engagement.objects.exists()


def test_what_is_over_is_not_summed_again_while_the_subscriber_lies_behind(shop: Shop) -> None:
    tickets = shop.waiting(4)
    shop.attend(shop.cast.olga, capacity=2)
    for number in range(3):
        at = shop.at + timedelta(seconds=10 * number)
        taken = take_next(shop.cast.olga, by=shop.cast.actor(shop.cast.olga), at=at)
        assert taken.pk == tickets[number].pk
        solve(taken, by=SYSTEM, at=at)
    last = take_next(
        shop.cast.olga, by=shop.cast.actor(shop.cast.olga), at=shop.at + timedelta(seconds=30)
    )
    active = Engagement.objects.filter(member=shop.cast.olga, active_since__isnull=False)
    assert [each.pk for each in active] == [last.pk]
    shop.settled(*tickets)
    released = [
        entry.data["held_seconds"]
        for ticket in tickets
        for entry in journal.entries_of("ticket", ticket.pk)
        if entry.kind == TalkReleased.kind
    ]
    assert released == [10, 10, 10]


def test_the_sweeper_finds_what_no_subscriber_told(cast: Cast, shop: Shop) -> None:
    cast.ticket()
    assert shop.swept() == 1
    assert shop.swept() == 0
    assert Place.objects.count() == 1


def test_a_snoozed_ticket_waits_in_no_queue(shop: Shop) -> None:
    ticket = shop.cast.ticket()
    Ticket.objects.filter(pk=ticket.pk).update(snoozed_until=shop.at + timedelta(hours=1))
    shop.settled(ticket)
    assert not Place.objects.exists()


def test_a_take_asks_the_database_five_times_whatever_waits(shop: Shop) -> None:
    shop.waiting(5)
    shop.attend(shop.cast.olga)
    by = shop.cast.actor(shop.cast.olga)
    with CaptureQueriesContext(connection) as seen:
        take_next(shop.cast.olga, by=by, at=shop.at)
    assert len([each for each in seen if "SAVEPOINT" not in each["sql"]]) == 5


def test_a_key_takes_for_somebody_only_what_it_sees(shop: Shop) -> None:
    shop.waiting()
    shop.attend(shop.cast.olga)
    acting = shop.cast.actor(shop.cast.olga)
    key = Actor(kind=ActorKind.API_KEY, id=1, rights=acting.rights, behalf=acting.id)
    with pytest.raises(NothingWaits):
        take_next(
            shop.cast.olga, by=replace(key, brands=frozenset({shop.cast.lifts.pk})), at=shop.at
        )
    seen = replace(key, brands=frozenset({shop.cast.shop.pk}))
    assert take_next(shop.cast.olga, by=seen, at=shop.at).assignee_id == shop.cast.olga.pk


def test_what_is_next_elsewhere_but_needs_another_does_not_send_somebody_there(shop: Shop) -> None:
    """The oldest place of the other team needs a skill that Olga lacks."""
    cast = shop.cast
    second = Team.objects.create(name="Second line")
    second.brands.add(cast.shop)
    Membership.objects.create(team=second, member=cast.olga, since=shop.at)
    arrange_queue(second, Arrangement(mode=Mode.PULL), by=SYSTEM, at=shop.at)
    oldest, own, other = shop.waiting(3)
    skill = name_skill(None, name="Returns", members=[cast.ivan], by=SYSTEM, at=shop.at)
    Ticket.objects.filter(pk__in=[oldest.pk, other.pk]).update(team=second)
    shop.settled(oldest, other)
    Place.objects.filter(pk=oldest.pk).update(needs=[skill.pk])
    shop.attend(cast.olga)
    assert _next(shop).pk == own.pk
    assert _next(shop).pk == other.pk
