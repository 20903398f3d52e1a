"""Works of covered tickets draw the right package once; what exceeds it is charged by price."""

from datetime import UTC, datetime
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import Error, transaction
from django.db.models import Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.service.charges.models import Charge, WhyKind
from ambidesk.service.contracts.models import Contract, PackageEntry, VerdictKind
from ambidesk.service.contracts.rules.deciding import Blocked
from ambidesk.service.contracts.said import LineSaid, PriceSaid
from ambidesk.service.contracts.stopping import stop
from ambidesk.service.contracts.writing import NoPriceOfTime
from ambidesk.support.coverage.overruling import overrule
from ambidesk.support.coverage.settling import settle
from ambidesk.support.tickets.attributing import attribute
from ambidesk.support.works.models import ExpenseKind, WorkLog
from ambidesk.support.works.putting import Of
from ambidesk.support.works.reversing import reverse
from ambidesk.support.works.telling import log_work
from tests.cast import Cast
from tests.support.works.charges import (
    HOURLY,
    Make,
    charged,
    left,
    replaced,
    spent,
    to_pay,
    visited,
    worked,
)

pytestmark = pytest.mark.django_db


def test_time_is_drawn_from_the_package_and_what_exceeds_it_costs(cast: Cast, make: Make) -> None:
    ticket = make(package={"amount": Decimal(3)})
    worked(cast, ticket, 120)
    assert (left(ticket, cast), charged(ticket)) == (1, {})
    worked(cast, ticket, 90)
    assert (left(ticket, cast), charged(ticket)) == (0, {"ordinary": 500})
    settle([ticket.pk], by=SYSTEM, at=cast.at)
    worked(cast, ticket, 60)
    assert charged(ticket) == {"ordinary": 1500}
    line = Charge.objects.filter(coverage=ticket.coverage_id).latest("pk")
    assert (line.clause, line.each, line.factor) == ("7.1", 1000, 1)


def test_an_overdraft_is_given_before_anything_costs(cast: Cast, make: Make) -> None:
    ticket = make(package={"amount": Decimal(1), "overdraft": Decimal(2)})
    worked(cast, ticket, 240)
    assert (left(ticket, cast), charged(ticket)) == (-2, {"ordinary": 1000})


def test_what_was_carried_over_is_given_too(cast: Cast, make: Make) -> None:
    ticket = make(package={"amount": Decimal(1), "carry": Decimal(1)})
    worked(cast, ticket, 120)
    assert (left(ticket, cast), charged(ticket)) == (0, {})


def test_a_reversal_gives_back_hours_and_money_once(cast: Cast, make: Make) -> None:
    ticket = make(package={"amount": Decimal(1)})
    fact = worked(cast, ticket, 120)
    assert (left(ticket, cast), charged(ticket)) == (0, {"ordinary": 1000})
    reverse(fact, note="Wrong ticket", by=SYSTEM, at=cast.at)
    assert (left(ticket, cast), charged(ticket)) == (1, {"ordinary": 0})
    assert [each.amount for each in Charge.objects.order_by("pk")] == [1000, -1000]
    assert PackageEntry.objects.count() == 2


def test_the_same_fact_told_twice_is_charged_once(cast: Cast, make: Make) -> None:
    ticket = make(package={"amount": Decimal(1)})
    of = Of(key=uuid4(), day=cast.at.date(), ticket=ticket)
    for _told in range(2):
        log_work(of, member=cast.olga, minutes=120, by=SYSTEM, at=cast.at)
    assert (left(ticket, cast), charged(ticket)) == (0, {"ordinary": 1000})


def test_a_package_of_visits_counts_visits_and_not_the_hours_in_them(
    cast: Cast, make: Make
) -> None:
    visit = PriceSaid(clause="7.2", basis="visit", price=Decimal(4000))
    ticket = make(package={"unit": "visits", "amount": Decimal(1)}, prices=(HOURLY, visit))
    worked(cast, ticket, 180)
    assert (left(ticket, cast), charged(ticket)) == (1, {})
    visited(cast, ticket, 2)
    assert (left(ticket, cast), charged(ticket)) == (0, {"ordinary": 4000})


def test_a_share_is_said_line_by_line(cast: Cast, make: Make) -> None:
    ticket = make(LineSaid(clause="2.1", labour=60, travel=0))
    worked(cast, ticket, 60)
    assert charged(ticket) == {"ordinary": 1000, "covered": -600}


def test_a_limit_of_the_request_holds_for_all_its_works(cast: Cast, make: Make) -> None:
    ticket = make(LineSaid(clause="2.1", limit=Decimal(1500)))
    worked(cast, ticket, 60)
    assert charged(ticket) == {"ordinary": 1000, "covered": -1000}
    worked(cast, ticket, 60)
    assert charged(ticket) == {"ordinary": 2000, "covered": -2000, "limit": 500}


def test_the_night_costs_its_factor(cast: Cast, make: Make) -> None:
    ticket = make(LineSaid(clause="2.1", covers=False))
    # Somebody's 23 o'clock in the desk's zone, whatever it is.
    began = datetime(2026, 2, 25, 23, tzinfo=UTC)
    worked(cast, ticket, 60, began_at=began)
    assert set(charged(ticket)) <= {"night", "ordinary"}
    assert sum(charged(ticket).values()) in {1000, 2000}


def test_what_has_no_price_is_noted_with_its_quantity(cast: Cast, make: Make) -> None:
    ticket = make(package={"amount": Decimal(1)}, prices=())
    worked(cast, ticket, 90)
    line = Charge.objects.get()
    assert (line.why, line.quantity, line.amount) == (WhyKind.UNPRICED, Decimal("0.5"), 0)


def test_under_a_stop_nothing_is_drawn(cast: Cast, make: Make) -> None:
    ticket = make(package={"amount": Decimal(5)})
    contract = Contract.objects.get()
    stop(contract.company, blocks=(Blocked.CONTRACT,), words="Debts", by=SYSTEM, at=cast.at)
    settle([ticket.pk], by=SYSTEM, at=cast.at)
    worked(cast, ticket, 60)
    assert (left(ticket, cast), charged(ticket)) == (5, {"ordinary": 1000})


def test_what_a_lead_covers_costs_nothing(cast: Cast, make: Make) -> None:
    ticket = make(LineSaid(clause="2.1", covers=False))
    overrule(ticket, VerdictKind.COVERED, words="Goodwill", by=SYSTEM, at=cast.at)
    worked(cast, ticket, 60)
    assert charged(ticket) == {}


def test_works_told_before_anybody_looked_at_the_ticket_are_decided_first(
    cast: Cast, make: Make
) -> None:
    ticket = make(package={"amount": Decimal(5)})
    fresh = cast.ticket()
    attribute(fresh, company=ticket.company, by=SYSTEM, at=cast.at)
    worked(cast, fresh, 60)
    assert left(ticket, cast) == 4


def test_nobodys_ticket_costs_nobody_anything(cast: Cast) -> None:
    worked(cast, cast.ticket(), 60)
    assert not Charge.objects.exists()


def test_charges_only_grow(cast: Cast, make: Make) -> None:
    worked(cast, make(LineSaid(clause="2.1", covers=False)), 60)
    with pytest.raises(Error), transaction.atomic():
        Charge.objects.update(amount=Decimal(0))
    with pytest.raises(Error), transaction.atomic():
        Charge.objects.all().delete()


def test_a_fixed_price_is_of_the_whole_request_and_each_entry_says_so(
    cast: Cast, make: Make
) -> None:
    whole = PriceSaid(clause="7.3", basis="fixed", price=Decimal(5000))
    ticket = make(LineSaid(clause="2.1", covers=False), prices=(HOURLY, whole))
    first = worked(cast, ticket, 60)
    worked(cast, ticket, 600)
    visited(cast, ticket, 2)
    assert to_pay(ticket) == {"ordinary": 5000}
    lines = Charge.objects.filter(why=WhyKind.INCLUDED).order_by("pk")
    assert [(each.clause, each.quantity) for each in lines] == [("7.3", 10), ("7.3", 2)]
    reverse(first, note="Wrong", by=SYSTEM, at=cast.at)
    assert to_pay(ticket) == {"ordinary": 5000}


def test_a_fixed_price_is_shared_as_any_other(cast: Cast, make: Make) -> None:
    whole = PriceSaid(clause="7.3", basis="fixed", price=Decimal(5000))
    ticket = make(LineSaid(clause="2.1", labour=60), prices=(whole,))
    worked(cast, ticket, 60)
    worked(cast, ticket, 60)
    assert to_pay(ticket) == {"ordinary": 5000, "covered": -3000}


def test_a_price_of_each_entry_does_not_ask_how_long_it_took(cast: Cast, make: Make) -> None:
    each = PriceSaid(clause="7.4", basis="line", price=Decimal(700))
    ticket = make(LineSaid(clause="2.1", covers=False), prices=(each,))
    worked(cast, ticket, 10)
    worked(cast, ticket, 300)
    assert to_pay(ticket) == {"ordinary": 1400}


def test_parts_and_expenses_are_charged_as_they_cost_less_the_share_of_the_line(
    cast: Cast, make: Make
) -> None:
    ticket = make(LineSaid(clause="2.1", parts=60, labour=100, travel=0))
    part = replaced(cast, ticket, 900, quantity=3)
    assert to_pay(ticket) == {"cost": 900, "covered": -540}
    line = Charge.objects.get(why=WhyKind.COST)
    assert (line.clause, line.quantity, line.each, line.price) == ("2.1", 3, 300, None)
    spent(cast, ticket, ExpenseKind.TRAVEL, 400)
    spent(cast, ticket, ExpenseKind.CONTRACTOR, 5000)
    assert to_pay(ticket) == {"cost": 1300, "covered": -540}
    reverse(part, note="Not used", by=SYSTEM, at=cast.at)
    assert to_pay(ticket) == {"cost": 400}


def test_a_limit_of_the_request_holds_for_parts_too(cast: Cast, make: Make) -> None:
    ticket = make(LineSaid(clause="2.1", limit=Decimal(1500)))
    worked(cast, ticket, 60)
    replaced(cast, ticket, 800)
    assert to_pay(ticket) == {"ordinary": 1000, "cost": 800, "covered": -1800, "limit": 300}


def test_what_a_vendor_pays_back_is_the_clients_too(cast: Cast, make: Make) -> None:
    ticket = make(LineSaid(clause="2.1", covers=False))
    replaced(cast, ticket, 800)
    spent(cast, ticket, ExpenseKind.MATERIAL, -300)
    assert to_pay(ticket) == {"cost": 500}


@settings(
    deadline=None,
    max_examples=12,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(st.tuples(st.integers(1, 300), st.booleans()), min_size=1, max_size=6))
def test_the_ledger_is_the_sum_of_the_facts(
    cast: Cast, make: Make, facts: list[tuple[int, bool]]
) -> None:
    ticket = make(package={"amount": Decimal(4), "overdraft": Decimal(1)})
    standing = Decimal(0)
    for minutes, is_reversed in facts:
        fact = worked(cast, ticket, minutes)
        entry = PackageEntry.objects.get(kind="drawn", source_kind="work_log", source_id=fact.pk)
        hours = round(Decimal(minutes) / 60, 2)
        assert 0 <= entry.drawn <= hours + Decimal("0.01")
        if is_reversed:
            reverse(fact, note="Wrong", by=SYSTEM, at=cast.at)
        else:
            standing += entry.drawn
    entries = PackageEntry.objects.filter(package__contract__company=ticket.company_id)
    assert entries.aggregate(sum=Sum("drawn"))["sum"] == standing <= 5
    taken_back = WorkLog.objects.filter(ticket=ticket, reverses__isnull=False)
    sources = [
        *taken_back.values_list("pk", flat=True),
        *taken_back.values_list("reverses", flat=True),
    ]
    lines = Charge.objects.filter(coverage=ticket.coverage_id, source_id__in=sources)
    assert (lines.aggregate(sum=Sum("amount"))["sum"] or 0) == 0


def test_parts_and_expenses_are_marked_up_and_the_share_covers_that_too(
    cast: Cast, make: Make
) -> None:
    on_parts = PriceSaid(
        clause="7.4", basis="parts", price=Decimal(15), minimum=Decimal(200), step=Decimal(10)
    )
    on_costs = PriceSaid(clause="7.5", basis="costs", price=Decimal(5))
    line = LineSaid(clause="2.1", parts=50, labour=50, travel=50)
    ticket = make(line, prices=(HOURLY, on_parts, on_costs))
    part = replaced(cast, ticket, 1003)
    # 1,003 and at least 200 are 1,203, rounded up 1,210, and half of it is covered.
    assert charged(ticket) == {
        "cost": 1003,
        "markup": Decimal("150.45"),
        "minimum": Decimal("49.55"),
        "rounding": 7,
        "covered": Decimal("-605.01"),
    }
    lines = Charge.objects.filter(coverage=ticket.coverage_id).exclude(why="cost").order_by("pk")
    assert {each.clause for each in lines if each.why != "covered"} == {"7.4"}
    reverse(part, note="Wrong part", by=SYSTEM, at=cast.at)
    assert sum(charged(ticket).values()) == 0
    spent(cast, ticket, ExpenseKind.TRAVEL, 1000)
    assert sum(charged(ticket).values()) == 525
    # Work has its own price as before.
    worked(cast, ticket, 60)
    assert sum(charged(ticket).values()) == 1025


def test_parking_is_an_expense_and_material_a_part(cast: Cast, make: Make) -> None:
    on_parts = PriceSaid(clause="7.4", basis="parts", price=Decimal(30))
    on_costs = PriceSaid(clause="7.5", basis="costs", price=Decimal(10))
    line = LineSaid(clause="2.1", parts=0, labour=50, travel=0)
    ticket = make(line, prices=(HOURLY, on_parts, on_costs))
    spent(cast, ticket, ExpenseKind.OTHER, 1000)
    assert sum(charged(ticket).values()) == 1100
    spent(cast, ticket, ExpenseKind.MATERIAL, 1000)
    assert sum(charged(ticket).values()) == 2400


def test_a_mark_up_takes_nothing_that_is_asked_of_hours(make: Make) -> None:
    line = LineSaid(clause="2.1", parts=50, labour=50, travel=50)
    for asked in ({"least": Decimal(500)}, {"night": Decimal(2)}):
        price = PriceSaid(clause="7.4", basis="parts", price=Decimal(10), **asked)
        with pytest.raises(NoPriceOfTime):
            make(line, prices=(price,))


def test_what_is_covered_whole_has_no_mark_up(cast: Cast, make: Make) -> None:
    markup = PriceSaid(clause="7.4", basis="parts", price=Decimal(15))
    ticket = make(prices=(HOURLY, markup))
    replaced(cast, ticket, 1000)
    assert to_pay(ticket) == {}
