"""What is put down is charged anew when the ticket is covered otherwise; lines only grow."""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.service.charges.models import Charge
from ambidesk.service.contracts.activating import activate
from ambidesk.service.contracts.models import Contract, PackageEntry, VerdictKind
from ambidesk.service.contracts.rules.deciding import Blocked
from ambidesk.service.contracts.said import LineSaid, PriceSaid
from ambidesk.service.contracts.stopping import stop
from ambidesk.support.coverage.overruling import let_decide, overrule
from ambidesk.support.coverage.settling import settle
from ambidesk.support.tickets.attributing import attribute
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.works.charging import recharge
from ambidesk.support.works.reversing import reverse
from tests.cast import Cast
from tests.service.contracts import agreements
from tests.support.works.charges import (
    HOURLY,
    Make,
    followed,
    left,
    replaced,
    ticket_of,
    to_pay,
    worked,
)

pytestmark = pytest.mark.django_db


def amounts(ticket: Ticket) -> list[Decimal]:
    rows = Charge.objects.filter(coverage=ticket.coverage_id).order_by("pk")
    return list(rows.values_list("amount", flat=True))


def test_what_was_pushed_over_the_edge_is_given_once_there_is_room(cast: Cast, make: Make) -> None:
    ticket = make(package={"amount": Decimal(3)})
    first = worked(cast, ticket, 120)
    worked(cast, ticket, 120)
    assert (left(ticket, cast), to_pay(ticket)) == (0, {"ordinary": 1000})
    reverse(first, note="Wrong ticket", by=SYSTEM, at=cast.at)
    assert (left(ticket, cast), to_pay(ticket)) == (1, {})
    assert amounts(ticket) == [1000, -1000]


def test_other_tickets_are_given_it_too_in_their_order(cast: Cast, make: Make) -> None:
    ticket = make(package={"amount": Decimal(2)})
    second, third = (ticket_of(ticket.company, cast) for _each in range(2))
    first = worked(cast, ticket, 120)
    worked(cast, second, 90)
    worked(cast, third, 60)
    assert (to_pay(second), to_pay(third)) == ({"ordinary": 1500}, {"ordinary": 1000})
    reverse(first, note="Wrong ticket", by=SYSTEM, at=cast.at)
    followed(cast)
    assert (to_pay(second), to_pay(third)) == ({}, {"ordinary": 500})
    assert left(ticket, cast) == 0
    before = Charge.objects.count()
    followed(cast)
    assert Charge.objects.count() == before


def test_the_limit_of_a_request_has_room_again(cast: Cast, make: Make) -> None:
    ticket = make(LineSaid(clause="2.1", limit=Decimal(1500)))
    first = worked(cast, ticket, 60)
    worked(cast, ticket, 60)
    assert to_pay(ticket) == {"ordinary": 2000, "covered": -2000, "limit": 500}
    reverse(first, note="Wrong", by=SYSTEM, at=cast.at)
    assert to_pay(ticket) == {"ordinary": 1000, "covered": -1000}


def test_a_person_who_decides_otherwise_has_all_of_it_charged_anew(cast: Cast, make: Make) -> None:
    ticket = make(package={"amount": Decimal(3)})
    worked(cast, ticket, 60)
    replaced(cast, ticket, 500)
    assert (left(ticket, cast), to_pay(ticket)) == (2, {})
    overrule(ticket, VerdictKind.CHARGEABLE, words="Broken by them", by=SYSTEM, at=cast.at)
    followed(cast, ticket)
    assert (left(ticket, cast), to_pay(ticket)) == (3, {"ordinary": 1000, "cost": 500})
    let_decide(ticket, by=SYSTEM, at=cast.at)
    followed(cast, ticket)
    assert (left(ticket, cast), to_pay(ticket)) == (2, {})
    assert sorted(amounts(ticket)) == [-1000, -500, 500, 1000]


def test_a_ticket_of_another_company_draws_from_that_ones_package(cast: Cast, make: Make) -> None:
    wrong, right = (make(package={"amount": Decimal(3)}) for _each in range(2))
    worked(cast, wrong, 60)
    attribute(wrong, company=right.company, by=SYSTEM, at=cast.at)
    settle([wrong.pk], by=SYSTEM, at=cast.at)
    company, moved = wrong.company_id, Ticket.objects.get(pk=wrong.pk)
    followed(cast, moved)
    assert left(right, cast) == 2
    assert left(Ticket(company_id=company), cast) == 3


def test_whoever_turns_out_to_be_a_private_person_pays_nothing(cast: Cast, make: Make) -> None:
    ticket = make(LineSaid(clause="2.1", covers=False))
    worked(cast, ticket, 60)
    assert to_pay(ticket) == {"ordinary": 1000}
    attribute(ticket, company=None, by=SYSTEM, at=cast.at)
    settle([ticket.pk], by=SYSTEM, at=cast.at)
    followed(cast, ticket)
    assert to_pay(ticket) == {}


def test_what_comes_later_makes_nothing_dearer_that_was_done_before(cast: Cast, make: Make) -> None:
    ticket = make(package={"amount": Decimal(1)})
    worked(cast, ticket, 120)
    contract, later = Contract.objects.get(), cast.at + timedelta(days=2)
    dearer = PriceSaid(clause="7.1", price=Decimal(9000))
    agreements.draft(
        contract,
        later,
        LineSaid(clause="2.1", covers=False),
        prices=(dearer,),
        starts_on=later.date(),
    )
    activate(contract, by=SYSTEM, at=later)
    stop(contract.company, blocks=(Blocked.CONTRACT,), words="Debts", by=SYSTEM, at=later)
    settle([ticket.pk], by=SYSTEM, at=later)
    followed(cast, ticket)
    assert (left(ticket, cast), amounts(ticket)) == (0, [1000])


def test_a_version_that_holds_since_a_day_before_the_work_prices_it(cast: Cast, make: Make) -> None:
    ticket = make(LineSaid(clause="2.1", covers=False))
    worked(cast, ticket, 60)
    contract = Contract.objects.get()
    dearer = PriceSaid(clause="7.1", price=Decimal(1200))
    line = LineSaid(clause="2.1", covers=False)
    agreements.draft(contract, cast.at, line, prices=(dearer,), starts_on=cast.at.date())
    activate(contract, by=SYSTEM, at=cast.at)
    settle([ticket.pk], by=SYSTEM, at=cast.at)
    followed(cast, ticket)
    assert amounts(ticket) == [1000, -1000, 1200]


@settings(
    deadline=None,
    max_examples=8,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(st.tuples(st.integers(1, 200), st.booleans()), min_size=1, max_size=5))
def test_what_is_charged_anew_equals_what_was_charged_so_from_the_beginning(
    cast: Cast, make: Make, facts: list[tuple[int, bool]]
) -> None:
    package = {"amount": Decimal(3), "name": f"Hours {uuid4()}"}
    ticket, plain = (make(package=package, prices=(HOURLY,)) for _each in range(2))
    told = [(worked(cast, ticket, minutes), is_wrong) for minutes, is_wrong in facts]
    for fact, is_wrong in told:
        if is_wrong:
            reverse(fact, note="Mistyped", by=SYSTEM, at=cast.at)
    for minutes, is_wrong in facts:
        if not is_wrong:
            worked(cast, plain, minutes)
    assert (left(ticket, cast), sum(amounts(ticket))) == (left(plain, cast), sum(amounts(plain)))
    before = (Charge.objects.count(), PackageEntry.objects.count())
    recharge([ticket.pk, plain.pk], by=SYSTEM, at=cast.at)
    assert (Charge.objects.count(), PackageEntry.objects.count()) == before
