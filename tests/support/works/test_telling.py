"""Time, expenses and parts are put down once, reversed once, and add up to what a repair cost."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import override_settings
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ambidesk.ground.kernel.days import day_of
from ambidesk.ground.kernel.money import Money
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.service.assets.models import Repair
from ambidesk.service.assets.repairing import Done
from ambidesk.support.tickets.equipping import ForeignAsset, equip
from ambidesk.support.works.models import Expense, ExpenseKind, PartUse, WorkLog
from ambidesk.support.works.putting import (
    NoSuchAmount,
    NothingTold,
    NotOfIt,
    Of,
    ToldInTheFuture,
    ToldTooEarly,
)
from ambidesk.support.works.repairing import NoEquipment, repair
from ambidesk.support.works.reversing import AlreadyReversed, IsAReversal, SaysNotWhy, reverse
from ambidesk.support.works.telling import NoPart, Part, log_work, spend, use_part
from tests.cast import Cast
from tests.service.assets.equipment import Equipment

pytestmark = pytest.mark.django_db


def rub(amount: str) -> Money:
    return Money(Decimal(amount), "RUB")


@override_settings(TIME_ZONE="Asia/Vladivostok")
def test_the_day_of_the_desk_has_come_whatever_day_its_reader_has(cast: Cast) -> None:
    at = cast.at.replace(hour=20)
    with timezone.override("Europe/London"):
        of = Of(key=uuid4(), day=day_of(at), ticket=cast.ticket())
        row = spend(of, kind=ExpenseKind.OTHER, cost=rub("10"), by=SYSTEM, at=at)
    assert row.day == at.date() + timedelta(days=1)


def test_a_ticket_is_about_equipment_of_its_company_only(cast: Cast, equipment: Equipment) -> None:
    asset = equipment.asset()
    ticket = equip(cast.ticket(), asset, by=SYSTEM, at=cast.at)
    assert (ticket.company, ticket.site, ticket.asset) == (
        equipment.chain,
        equipment.north,
        asset,
    )
    foreign = equipment.asset("X", company=equipment.other, site=equipment.foreign)
    with pytest.raises(ForeignAsset):
        equip(ticket, foreign, by=SYSTEM, at=cast.at)
    assert equip(ticket, None, by=SYSTEM, at=cast.at).asset is None


def test_a_fact_told_twice_is_one_and_costs_once(cast: Cast, equipment: Equipment) -> None:
    broken = equipment.failure(equipment.asset())
    of = Of(key=uuid4(), day=cast.at.date(), repair=broken)
    first = spend(of, kind=ExpenseKind.TRAVEL, cost=rub("500"), by=SYSTEM, at=cast.at)
    again = spend(of, kind=ExpenseKind.TRAVEL, cost=rub("500"), by=SYSTEM, at=cast.at)
    assert first == again
    assert Expense.objects.count() == 1
    broken.refresh_from_db()
    assert (broken.cost, broken.currency) == (Decimal(500), "RUB")


def test_a_reversal_is_a_fact_of_its_own_and_happens_once(cast: Cast, equipment: Equipment) -> None:
    broken = equipment.failure(equipment.asset())
    part = use_part(
        Of(key=uuid4(), day=cast.at.date(), repair=broken),
        Part(name="Compressor", old_serial="A1", new_serial="B2", cost=rub("12000.50")),
        by=SYSTEM,
        at=cast.at,
    )
    with pytest.raises(SaysNotWhy):
        reverse(part, note=" ", by=SYSTEM, at=cast.at)
    back = reverse(part, note="Wrong ticket", by=SYSTEM, at=cast.at)
    assert (back.quantity, back.cost, back.old_serial) == (-1, Decimal("-12000.50"), "B2")
    assert PartUse.objects.get(pk=part.pk).cost == Decimal("12000.50")
    broken.refresh_from_db()
    assert broken.cost == 0
    with pytest.raises(AlreadyReversed):
        reverse(part, note="Wrong", by=SYSTEM, at=cast.at)
    with pytest.raises(IsAReversal):
        reverse(back, note="Wrong", by=SYSTEM, at=cast.at)


def test_what_cannot_have_been_spent_is_refused(cast: Cast, equipment: Equipment) -> None:
    asset, other = equipment.asset(), equipment.asset("F-2")
    broken, day = equipment.failure(asset), cast.at.date()
    with pytest.raises(NothingTold):
        log_work(Of(key=uuid4(), day=day), member=cast.olga, minutes=5, by=SYSTEM, at=cast.at)
    with pytest.raises(NotOfIt):
        log_work(
            Of(key=uuid4(), day=day, asset=other, repair=broken),
            member=cast.olga,
            minutes=5,
            by=SYSTEM,
            at=cast.at,
        )
    for minutes in (0, -5, 1441):
        with pytest.raises(NoSuchAmount):
            log_work(
                Of(key=uuid4(), day=day, asset=asset),
                member=cast.olga,
                minutes=minutes,
                by=SYSTEM,
                at=cast.at,
            )
    with pytest.raises(ToldInTheFuture):
        log_work(
            Of(key=uuid4(), day=day + timedelta(days=1), asset=asset),
            member=cast.olga,
            minutes=5,
            by=SYSTEM,
            at=cast.at,
        )
    with pytest.raises(NoPart):
        use_part(Of(key=uuid4(), day=day, asset=asset), Part(name=" "), by=SYSTEM, at=cast.at)
    assert not WorkLog.objects.exists()


def test_a_repair_is_done_for_a_ticket_with_equipment(cast: Cast, equipment: Equipment) -> None:
    ticket, done = cast.ticket(), Done(key=uuid4(), failed_at=cast.at)
    with pytest.raises(NoEquipment):
        repair(ticket, done, by=SYSTEM, at=cast.at)
    asset = equipment.asset()
    equip(ticket, asset, by=SYSTEM, at=cast.at)
    made = repair(ticket, done, by=SYSTEM, at=cast.at)
    assert repair(ticket, done, by=SYSTEM, at=cast.at) == made
    assert (made.asset, made.repaired.ticket) == (asset, ticket)
    assert Repair.objects.count() == 1


@settings(
    deadline=None,
    max_examples=15,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(st.lists(st.tuples(st.integers(0, 10**7), st.booleans()), max_size=5))
def test_what_a_repair_cost_is_the_sum_of_its_facts(
    cast: Cast, equipment: Equipment, facts: list[tuple[int, bool]]
) -> None:
    asset = equipment.asset(f"S-{uuid4()}")
    broken = equipment.failure(asset)
    for kopecks, is_reversed in facts:
        of = Of(key=uuid4(), day=cast.at.date(), repair=broken)
        cost = Money(Decimal(kopecks) / 100, "RUB")
        fact = spend(of, kind=ExpenseKind.MATERIAL, cost=cost, by=SYSTEM, at=cast.at)
        if is_reversed:
            reverse(fact, note="Wrong", by=SYSTEM, at=cast.at)
    broken.refresh_from_db()
    assert broken.cost == sum(each.cost for each in Expense.objects.filter(repair=broken))


def test_a_fact_is_reversed_and_never_rewritten(equipment: Equipment) -> None:
    of = Of(asset=equipment.asset(), day=equipment.at.date(), key=uuid4(), note="Ivan was rude")
    fact = log_work(of, member=None, minutes=30, by=SYSTEM, at=equipment.at)
    rows = WorkLog.objects.filter(pk=fact.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(minutes=60)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(note="Ivan was polite")
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.delete()
    # When a person is erased the words go.
    assert rows.update(note="") == 1


@pytest.mark.parametrize("day", [date.min, date(1999, 12, 31)])
def test_a_day_before_all_desks_is_refused(cast: Cast, day: date) -> None:
    of = Of(key=uuid4(), day=day, ticket=cast.ticket())
    with pytest.raises(ToldTooEarly):
        log_work(of, member=cast.olga, minutes=5, by=SYSTEM, at=cast.at)
