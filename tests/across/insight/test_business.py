"""Facts of the business half: what a ticket is about, what was promised, where it stood, its cost."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ambidesk.across.insight.breaking_down import Told, break_down, told
from ambidesk.across.insight.models import FactRow, Figure
from ambidesk.across.insight.questions import By, Question
from ambidesk.across.insight.recounting import recount, take
from ambidesk.across.insight.rules.facts import About, Fact, FactKind, Place
from ambidesk.across.insight.rules.measures import NOTHING
from ambidesk.across.insight.rules.trail import Stages
from ambidesk.ground.calendars.reading import read
from ambidesk.ground.kernel.journal.reading import SELECT, entries_by
from ambidesk.ground.kernel.money import Money
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.parties.companies import placing, registering
from ambidesk.parties.companies.registering import Place as Spot
from ambidesk.service.assets.arranging import arrange_model
from ambidesk.service.assets.registering import Wanted, describe
from ambidesk.service.sla.arranging import Promising, arrange_calendar
from ambidesk.service.sla.rules.facts import Goal, Target
from ambidesk.service.sla.sweeping import sweep_due
from ambidesk.service.workflow.models.run import PLACES
from ambidesk.service.workflow.rules.plan import Plan, StageKind
from ambidesk.support.promises.arranging import arrange_ticket_policy
from ambidesk.support.promises.following import KINDS, follow
from ambidesk.support.stages.moving import begin, go
from ambidesk.support.tickets.answering import Answer, answer
from ambidesk.support.tickets.attributing import attribute
from ambidesk.support.tickets.equipping import equip
from ambidesk.support.tickets.models import State, Ticket
from ambidesk.support.tickets.regrouping import merge
from ambidesk.support.works.models import CountedKind, ExpenseKind
from ambidesk.support.works.putting import Of
from ambidesk.support.works.reversing import reverse
from ambidesk.support.works.telling import log_work, spend, use_units
from tests.cast import Cast
from tests.service.assets.equipment import Equipment, make_equipment
from tests.service.workflow.plans import stage, way
from tests.support.stages.processes import published

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def equipment(db: None, at: datetime) -> Equipment:
    return make_equipment(at)


def recounted() -> None:
    """Take the whole journal, as the subscriber does."""
    take(entries_by(f"{SELECT} ORDER BY sequence", []))


def facts_of(ticket: Ticket, *kinds: FactKind) -> list[FactRow]:
    rows = FactRow.objects.filter(ticket=ticket).order_by("pk")
    return list(rows.filter(kind__in=kinds) if kinds else rows)


def around(at: datetime, **said: object) -> Question:
    day = at.date()
    return Question(first=day - 5 * DAY, until=day + 5 * DAY, **said)  # type: ignore[arg-type]


def rub(amount: str, currency: str = "RUB") -> Money:
    return Money(Decimal(amount), currency)


def test_all_facts_are_about_what_the_ticket_is_about_also_when_it_is_said_later(
    cast: Cast, equipment: Equipment
) -> None:
    ticket = cast.ticket()
    recounted()
    assert {row.company for row in facts_of(ticket)} == {None}
    equip(ticket, equipment.asset(), by=SYSTEM, at=cast.at + HOUR)
    recounted()
    (opened,) = facts_of(ticket, FactKind.OPENED)
    chain, north = equipment.chain.pk, equipment.north.pk
    assert (opened.company, opened.site, opened.model) == (chain, north, equipment.frosty.pk)
    attribute(ticket, company=equipment.other, site=None, by=SYSTEM, at=cast.at + 2 * HOUR)
    recounted()
    (opened,) = facts_of(ticket, FactKind.OPENED)
    assert (opened.company, opened.site, opened.model) == (equipment.other.pk, None, None)


def test_equipment_that_turns_out_to_be_of_another_model_takes_its_facts_along(
    cast: Cast, equipment: Equipment
) -> None:
    asset = equipment.asset()
    ticket = equip(cast.ticket(), asset, by=SYSTEM, at=cast.at)
    recounted()
    polar = Wanted(model=equipment.polar, serial=asset.serial, site=asset.site)
    describe(asset, polar, by=SYSTEM, at=cast.at + HOUR)
    recounted()
    assert {row.model for row in facts_of(ticket)} == {equipment.polar.pk}
    arrange_model(equipment.polar, kind=equipment.kind, vendor="P", name="Q", by=SYSTEM, at=cast.at)


@pytest.fixture
def promising(cast: Cast) -> Cast:
    """An hour to answer and four to solve, office hours of a Monday only."""
    hours = {"zone": "UTC", "hours": {"mon": [["09:00", "12:00"]]}}
    calendar = arrange_calendar(None, name="Mondays", spec=read(hours), by=SYSTEM, at=cast.at)
    targets = [
        Target(goal=goal, work=work, pauses=frozenset(), warnings=(), percents=())
        for goal, work in ((Goal.FIRST_RESPONSE, HOUR), (Goal.RESOLUTION, 4 * HOUR))
    ]
    wanted = Promising(name="All", place=1, condition=None, calendar=calendar, targets=targets)
    arrange_ticket_policy(None, wanted, by=SYSTEM, at=cast.at)
    return cast


def settled(at: datetime) -> None:
    entries = entries_by(f"{SELECT} WHERE subject_kind = 'ticket' ORDER BY sequence", [])
    follow([entry for entry in entries if entry.kind in KINDS], at=at)


def test_promises_are_kept_or_broken_and_times_are_those_of_their_calendar(
    promising: Cast,
) -> None:
    cast, olga = promising, promising.actor(promising.olga)
    # On Monday at nine; answered after half an hour, solved a week later: three hours, then two.
    ticket = cast.ticket()
    settled(cast.at)
    first = Answer(text="Soon.", to=(cast.anna,), due_at=cast.at, state=State.OPEN)
    answer(ticket, first, by=olga, at=cast.at + HOUR / 2)
    last = Answer(text="Done.", to=(cast.anna,), due_at=cast.at, state=State.SOLVED)
    answer(ticket, last, by=olga, at=cast.at + 7 * DAY + 2 * HOUR)
    settled(cast.at + 8 * DAY)
    recounted()
    (quick,) = facts_of(ticket, FactKind.ANSWER_WORKED)
    (slow,) = facts_of(ticket, FactKind.SOLVE_WORKED)
    assert (quick.value, slow.value) == (30 * 60, 5 * 3600)
    kept = facts_of(ticket, FactKind.PROMISED)
    due = cast.at + 7 * DAY + HOUR
    assert [(row.value, row.flag, row.at) for row in kept] == [
        (1, False, cast.at + HOUR / 2),
        (3, True, due),
    ]
    assert {row.member for row in kept} == {cast.olga.pk}
    assert Figure.objects.filter(kind=FactKind.PROMISED).count() == 2


def test_a_promise_that_nobody_kept_is_broken_once_its_time_was_told(promising: Cast) -> None:
    ticket = promising.ticket()
    settled(promising.at)
    recounted()
    assert facts_of(ticket, FactKind.PROMISED) == []
    while sweep_due(by=SYSTEM, at=promising.at + 2 * HOUR):
        pass
    recounted()
    (broken,) = facts_of(ticket, FactKind.PROMISED)
    assert (broken.flag, broken.at) == (True, promising.at + HOUR)


def test_time_in_a_stage_is_told_of_the_stage_that_was_left(cast: Cast) -> None:
    plan = Plan(
        stages=(stage(1), stage(2), stage(3, StageKind.END)),
        transitions=(way(1, 1, 2), way(2, 2, 3)),
    )
    process = published(cast, plan)
    ticket, olga = cast.ticket(), cast.actor(cast.olga)
    begin(ticket, process, by=olga, at=cast.at)
    go(ticket, 1, by=olga, at=cast.at + 2 * HOUR)
    go(ticket, 2, by=olga, at=cast.at + 5 * HOUR)
    recounted()
    place = process.pk * PLACES
    stays = facts_of(ticket, FactKind.STAGE)
    assert [(row.stage, row.value) for row in stays] == [
        (place + 1, 2 * 3600),
        (place + 2, 3 * 3600),
    ]
    by_stage = break_down(around(cast.at), By.STAGE, actor=SYSTEM, most=5)
    assert {key for key, _told in by_stage.lines} == {place + 1, place + 2}


def test_costs_are_summed_by_currency_and_a_reversal_takes_them_from_their_day(
    cast: Cast, equipment: Equipment
) -> None:
    ticket = attribute(
        cast.ticket(), company=equipment.chain, site=equipment.north, by=SYSTEM, at=cast.at
    )
    day, later = cast.at.date(), cast.at + 3 * DAY

    def of(on: date = day) -> Of:
        return Of(key=uuid4(), day=on, ticket=ticket)

    work = log_work(of(), member=cast.ivan, minutes=90, cost=rub("1500.50"), by=SYSTEM, at=cast.at)
    spend(of(), kind=ExpenseKind.TRAVEL, cost=rub("300"), by=SYSTEM, at=cast.at)
    spend(of(), kind=ExpenseKind.OTHER, cost=rub("20", "EUR"), by=SYSTEM, at=cast.at)
    recounted()
    question = around(cast.at, company=equipment.chain.pk)
    whole = told(question, actor=SYSTEM)
    assert whole.money == (rub("20", "EUR"), rub("1800.50"))
    assert whole.tallies[FactKind.LABOUR].total == 90 * 60
    assert {row.member for row in facts_of(ticket, FactKind.LABOUR)} == {cast.ivan.pk}
    reverse(work, note="Wrong", by=SYSTEM, at=later)
    recounted()
    on_that_day = Question(first=day, until=day + DAY, company=equipment.chain.pk)
    assert told(on_that_day, actor=SYSTEM).money == (rub("20", "EUR"), rub("300"))
    assert told(on_that_day, actor=SYSTEM).tallies[FactKind.LABOUR].total == 0
    assert told(replace_company(on_that_day, equipment.other.pk), actor=SYSTEM) == Told()


def replace_company(question: Question, company: int) -> Question:
    return Question(first=question.first, until=question.until, company=company)


def test_what_was_spent_on_a_ticket_stays_spent_when_it_goes_into_another(cast: Cast) -> None:
    one, other = cast.ticket(), cast.ticket()
    of = Of(key=uuid4(), day=cast.at.date(), ticket=one)
    spend(of, kind=ExpenseKind.TRAVEL, cost=rub("300"), by=SYSTEM, at=cast.at)
    merge(one, other, by=cast.actor(cast.olga), at=cast.at)
    recounted()
    assert [row.kind for row in facts_of(one)] == [FactKind.COST]
    assert told(around(cast.at), actor=SYSTEM).money == (rub("300"),)


def test_a_territory_has_all_below_it_and_is_told_by_the_areas_below(
    cast: Cast, equipment: Equipment
) -> None:
    chain = equipment.chain
    north = placing.add(chain, "North", by=SYSTEM, at=cast.at)
    city = placing.add(chain, "City", below=north, by=SYSTEM, at=cast.at)
    south = placing.add(chain, "South", by=SYSTEM, at=cast.at)
    shops = registering.open_sites(
        chain,
        [
            Spot(name="N", territory=north),
            Spot(name="C", territory=city),
            Spot(name="S", territory=south),
        ],
        by=SYSTEM,
        at=cast.at,
    )
    for shop in (*shops, equipment.north):
        attribute(cast.ticket(), company=chain, site=shop, by=SYSTEM, at=cast.at)
    recounted()

    def opened(question: Question) -> tuple[dict[int, int], int]:
        found = break_down(question, By.TERRITORY, actor=SYSTEM, most=9)
        numbers = {key: each.tallies[FactKind.OPENED].number for key, each in found.lines}
        return numbers, found.nobody.tallies.get(FactKind.OPENED, NOTHING).number

    assert opened(around(cast.at)) == ({north.pk: 2, south.pk: 1}, 1)
    assert opened(around(cast.at, territory=north.pk)) == ({city.pk: 1}, 1)
    assert opened(around(cast.at, missing=By.TERRITORY)) == ({}, 1)


def kept() -> list[object]:
    fields = [f.name for f in FactRow._meta.fields if f.name != "id"]
    return list(FactRow.objects.order_by("ticket", "pk").values_list(*fields))


def test_counted_again_the_business_half_is_the_same(promising: Cast, equipment: Equipment) -> None:
    cast = promising
    ticket = equip(cast.ticket(), equipment.asset(), by=SYSTEM, at=cast.at)
    of = Of(key=uuid4(), day=cast.at.date(), ticket=ticket)
    spend(of, kind=ExpenseKind.TRAVEL, cost=rub("1.01"), by=SYSTEM, at=cast.at)
    settled(cast.at + 3 * DAY)
    recounted()
    before = kept()
    FactRow.objects.all().delete()
    Figure.objects.all().delete()
    recount([ticket.pk])
    assert kept() == before
    assert {row.kind for row in facts_of(ticket)} >= {FactKind.COST, FactKind.OPENED}


KEYS = st.none() | st.integers(1, 6)
FACTS = st.builds(
    Fact,
    kind=st.sampled_from([FactKind.OPENED, FactKind.SOLVED, FactKind.PROMISED, FactKind.COST]),
    at=st.integers(-3, 12).map(lambda day: datetime(2026, 3, 1, 12, tzinfo=UTC) + day * DAY),
    place=st.builds(Place, brand=st.just(1), team=KEYS),
    value=st.integers(0, 90_000),
    flag=st.booleans(),
    about=st.builds(About, company=KEYS, model=KEYS),
    currency=st.sampled_from(["RUB", "EUR"]),
)


def naive(facts: Sequence[Fact]) -> tuple[dict[FactKind, tuple[int, int, int]], dict[str, int]]:
    """Numbers by kind, and money by currency, by going through all of them."""
    numbers = {
        kind: (
            sum(fact.kind is kind for fact in facts),
            sum(fact.kind is kind and fact.flag for fact in facts),
            sum(fact.value for fact in facts if fact.kind is kind),
        )
        for kind in {fact.kind for fact in facts}
    }
    cents: dict[str, int] = {}
    for fact in facts:
        if fact.kind is FactKind.COST:
            cents[fact.currency] = cents.get(fact.currency, 0) + fact.value
    return numbers, cents


def said(each: Told) -> tuple[dict[FactKind, tuple[int, int, int]], dict[str, int]]:
    numbers = {kind: (t.number, t.flagged, t.total) for kind, t in each.tallies.items()}
    return numbers, {money.currency: int(money.amount * 100) for money in each.money}


@settings(
    deadline=None,
    max_examples=30,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(facts=st.lists(FACTS, max_size=25), most=st.integers(1, 4))
def test_a_breakdown_is_what_going_through_all_facts_gives(
    cast: Cast, facts: list[Fact], most: int
) -> None:
    ticket = Ticket.objects.first() or cast.ticket()
    FactRow.objects.all().delete()
    FactRow.objects.bulk_create([FactRow.of(ticket.pk, fact) for fact in facts])
    question = Question(first=date(2026, 3, 1), until=date(2026, 3, 9))
    inside = [fact for fact in facts if date(2026, 3, 1) <= fact.at.date() < date(2026, 3, 9)]
    for by, key_of in ((By.COMPANY, "company"), (By.MODEL, "model")):
        found = break_down(question, by, actor=SYSTEM, most=most)
        keys = [key for key, _told in found.lines]
        assert said(found.whole) == naive(inside) == said(told(question, actor=SYSTEM))
        for key, each in found.lines:
            assert said(each) == naive([f for f in inside if getattr(f.about, key_of) == key])
        nobody = [f for f in inside if getattr(f.about, key_of) is None]
        others = [f for f in inside if getattr(f.about, key_of) not in {None, *keys}]
        assert said(found.nobody) == naive(nobody)
        assert said(found.others) == naive(others)
        assert len(keys) == min(most, len({getattr(f.about, key_of) for f in inside} - {None}))


@given(steps=st.lists(st.tuples(st.booleans(), st.integers(1, 3), st.integers(0, 99)), max_size=30))
def test_nobody_stays_in_a_stage_longer_than_they_stood_there(
    steps: list[tuple[bool, int, int]],
) -> None:
    stages, now, start = Stages(), 0, datetime(2026, 3, 1, tzinfo=UTC)
    entered: dict[int, list[int]] = {}
    for enters, which, later in steps:
        now += later
        if enters:
            stages.enter(which, start + timedelta(seconds=now))
            entered.setdefault(which, []).append(now)
        else:
            seconds = stages.leave(which, start + timedelta(seconds=now))
            waiting = entered.get(which) or []
            assert seconds == (now - waiting.pop(0) if waiting else None)
    assert set(stages.all) == {which for which, since in entered.items() if since}


def test_units_used_on_a_ticket_leave_its_other_figures_going(cast: Cast) -> None:
    ticket = cast.ticket()

    def of() -> Of:
        return Of(key=uuid4(), day=cast.at.date(), ticket=ticket)

    visits, one = CountedKind.VISITS, Decimal(1)
    use_units(of(), member=cast.ivan, unit=visits, quantity=one, by=SYSTEM, at=cast.at)
    spend(of(), kind=ExpenseKind.TRAVEL, cost=rub("300"), by=SYSTEM, at=cast.at)
    recounted()
    assert told(around(cast.at), actor=SYSTEM).money == (rub("300"),)
