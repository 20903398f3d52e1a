"""Work of clients in a queue that is pulled: by weighed reasons, kept; five questions a take."""

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.parties.companies.registering import Profile, register
from ambidesk.support.routing import attendance
from ambidesk.support.routing.arranging import Arrangement, arrange_queue
from ambidesk.support.routing.choosing import kept_choice
from ambidesk.support.routing.models import Choice, Mode, Offer, Status
from ambidesk.support.routing.offering import offer_waiting
from ambidesk.support.routing.rules.matching import Criterion, Tie
from ambidesk.support.routing.taking import take_next
from ambidesk.support.tickets.assigning import assign
from ambidesk.support.tickets.closing import solve
from ambidesk.support.tickets.describing import prioritise
from ambidesk.support.tickets.models import Priority, Ticket
from tests.support.routing.conftest import Shop


def _of_clients(shop: Shop, *tickets: Ticket) -> None:
    company = register(None, Profile(name="North"), by=SYSTEM, at=shop.at)
    Ticket.objects.filter(pk__in=[each.pk for each in tickets]).update(company=company)


def _offered(shop: Shop) -> int:
    people = (shop.cast.olga, shop.cast.ivan)
    attendance.report([member.user_id for member in people])
    return offer_waiting(at=shop.at)


def _next(shop: Shop, who: str = "olga") -> Ticket:
    member = getattr(shop.cast, who)
    return take_next(member, by=shop.cast.actor(member), at=shop.at)


def test_who_knows_the_client_gets_their_work_before_older_and_the_reasons_are_kept(
    shop: Shop,
) -> None:
    old, new = shop.waiting(2)
    _of_clients(shop, old, new)
    # The promise of the newer one is near.
    Ticket.objects.filter(pk=new.pk).update(due_at=shop.at + timedelta(minutes=20))
    shop.attend(shop.cast.olga)
    assert _offered(shop) == 1
    taken = _next(shop)
    assert taken.pk == new.pk
    kept = kept_choice(Ticket.objects.get(pk=new.pk))
    assert kept is not None
    (verdict,) = [each for each in kept.reasons.match.verdicts if each.member == shop.cast.olga.pk]
    assert kept.reasons.match.chosen == shop.cast.olga.pk
    assert verdict.points[Criterion.RISK] > 0
    assert verdict.tie is Tie.NONE
    # The other one follows in the order of the queue when nothing was weighed anew.
    assert _next(shop).pk == old.pk
    assert Choice.objects.count() == 1


def test_a_take_of_what_is_offered_asks_five_times_too(shop: Shop) -> None:
    _of_clients(shop, *shop.waiting(5))
    shop.attend(shop.cast.olga)
    _offered(shop)
    by = shop.cast.actor(shop.cast.olga)
    with CaptureQueriesContext(connection) as seen:
        take_next(shop.cast.olga, by=by, at=shop.at)
    assert len([each for each in seen if "SAVEPOINT" not in each["sql"]]) == 5
    assert Choice.objects.count() == 1


def test_what_became_urgent_since_goes_before_an_offer(shop: Shop) -> None:
    first, second = shop.waiting(2)
    _of_clients(shop, first, second)
    shop.attend(shop.cast.olga)
    _offered(shop)
    assert Offer.objects.get().ticket_id == first.pk
    prioritise(second, priority=Priority.URGENT, by=SYSTEM, at=shop.at)
    shop.settled(second)
    assert _next(shop).pk == second.pk
    # Nothing is said of reasons that did not decide.
    assert kept_choice(Ticket.objects.get(pk=second.pk)) is None


def test_an_offer_that_somebody_else_took_or_that_is_over_is_passed_by(shop: Shop) -> None:
    first, second, third = shop.waiting(3)
    _of_clients(shop, first, second, third)
    shop.attend(shop.cast.olga)
    _offered(shop)
    by = shop.cast.actor(shop.cast.ivan)
    assign(first, assignee=shop.cast.ivan, team=shop.cast.shop_team, by=by, at=shop.at)
    solve(second, by=by, at=shop.at)
    assert _next(shop).pk == third.pk
    assert Choice.objects.count() == 0


def test_who_is_busy_is_offered_and_who_is_away_is_not(shop: Shop) -> None:
    _of_clients(shop, *shop.waiting(2))
    shop.attend(shop.cast.olga, Status.BUSY)
    shop.attend(shop.cast.ivan, Status.AWAY)
    _offered(shop)
    assert [each.member_id for each in Offer.objects.all()] == [shop.cast.olga.pk]


def test_consumers_keep_their_turn_and_weighing_again_changes_nothing(shop: Shop) -> None:
    consumer, client = shop.waiting(2)
    _of_clients(shop, client)
    shop.attend(shop.cast.olga)
    assert _offered(shop) == 0
    assert _next(shop).pk == consumer.pk
    assert _offered(shop) == 1
    assert _offered(shop) == 0
    assert _next(shop).pk == client.pk


def test_a_queue_that_pushes_or_is_off_offers_nothing(shop: Shop) -> None:
    _of_clients(shop, *shop.waiting(1))
    shop.attend(shop.cast.olga)
    assert _offered(shop) == 1
    said = Arrangement(mode=Mode.PUSH)
    arrange_queue(shop.cast.shop_team, said, by=SYSTEM, at=shop.at)
    assert _offered(shop) == 1
    assert not Offer.objects.exists()
