"""What authorities cover and allow, alone and together; without a database."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as some

from ambidesk.ground.kernel.money import Money
from ambidesk.ground.kernel.period import Period
from ambidesk.parties.authority.rules.power import (
    Mandate,
    Power,
    Topic,
    approvers,
    may,
    powers,
    sees,
    told,
)
from ambidesk.parties.authority.rules.scope import Place, Scope, ScopeKind, is_within

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
PATHS = ("c", "c.north", "c.north.spb", "c.south", "c.northern")
ids = some.integers(1, 3)
amounts = some.builds(Money, some.integers(0, 30).map(Decimal), some.sampled_from(["RUB", "EUR"]))
scopes = some.builds(
    Scope,
    kind=some.sampled_from(ScopeKind),
    company=ids,
    person=ids,
    sites=some.frozensets(ids),
    territories=some.frozensets(some.sampled_from(PATHS)),
    departments=some.frozensets(ids),
)
places = some.builds(
    Place,
    company=ids,
    site=some.none() | ids,
    territory=some.sampled_from(("", *PATHS)),
    department=some.none() | ids,
    requester=some.none() | ids,
)
periods = some.builds(
    lambda start, hours: Period(start, None if hours is None else start + hours),
    some.integers(-3, 3).map(lambda n: AT + timedelta(hours=n)),
    some.none() | some.integers(1, 5).map(lambda n: timedelta(hours=n)),
)
mandates = some.builds(
    Mandate,
    contact=ids,
    scope=scopes,
    powers=some.frozensets(some.sampled_from(Power)),
    told=some.frozensets(some.sampled_from(Topic)),
    approves_to=some.none() | amounts,
    buys_to=some.none() | amounts,
    period=periods,
)
several = some.lists(mandates, max_size=6)


@given(scopes, places)
def test_no_scope_reaches_another_company(scope: Scope, place: Place) -> None:
    assert scope.company == place.company or not scope.covers(place)


@given(scopes, places)
def test_the_whole_company_holds_what_any_narrower_scope_holds(scope: Scope, place: Place) -> None:
    whole = Scope(kind=ScopeKind.COMPANY, company=scope.company)
    assert not scope.covers(place) or whole.covers(place)
    assert not scope.covers(place) or scope.distance(place) <= whole.distance(place)


def test_a_territory_holds_what_lies_below_it_and_no_namesake() -> None:
    assert is_within("c.north.spb", "c.north")
    assert is_within("c.north", "c.north")
    assert not is_within("c.northern", "c.north")
    assert not is_within("c", "c.north")
    assert not is_within("", "")


@given(several, several, places, some.sampled_from(Power), amounts)
def test_authorities_add_up_and_take_nothing_away(
    one: list[Mandate], other: list[Mandate], place: Place, power: Power, amount: Money
) -> None:
    both = [*one, *other]
    assert sees(both, place, at=AT) == (sees(one, place, at=AT) or sees(other, place, at=AT))
    assert powers(both, place, at=AT) == powers(one, place, at=AT) | powers(other, place, at=AT)
    assert told(both, place, at=AT) == told(one, place, at=AT) | told(other, place, at=AT)
    alone = [may(part, power, place=place, at=AT, amount=amount) for part in (one, other)]
    assert may(both, power, place=place, at=AT, amount=amount) == any(alone)


@given(several, places)
def test_outside_of_its_period_an_authority_gives_nothing(
    held: list[Mandate], place: Place
) -> None:
    past = [each for each in held if AT not in each.period]
    assert not sees(past, place, at=AT)
    assert not powers(past, place, at=AT)
    assert not told(past, place, at=AT)
    assert approvers(past, Power.APPROVE_COST, place=place, at=AT) == ()


@given(several, places, some.sampled_from(Power), some.none() | amounts)
def test_those_who_may_approve_are_just_those_who_may(
    held: list[Mandate], place: Place, power: Power, amount: Money | None
) -> None:
    steps = approvers(held, power, place=place, at=AT, amount=amount)
    everybody = [who for step in steps for who in step]
    assert len(everybody) == len(set(everybody))
    assert set(everybody) == {
        who
        for who in {each.contact for each in held}
        if may(
            [each for each in held if each.contact == who], power, place=place, at=AT, amount=amount
        )
    }
    assert all(steps)


@given(several, places, amounts, amounts)
def test_who_may_more_may_less(held: list[Mandate], place: Place, one: Money, other: Money) -> None:
    if one.currency != other.currency:
        return
    less, more = sorted([one, other], key=lambda each: each.amount)
    if may(held, Power.APPROVE_COST, place=place, at=AT, amount=more):
        assert may(held, Power.APPROVE_COST, place=place, at=AT, amount=less)


def test_the_manager_of_the_area_is_asked_before_the_head_office() -> None:
    spb = Place(company=1, site=7, territory="c.north.spb")
    area = _approver(1, ScopeKind.TERRITORIES, 20_000, territories=frozenset({"c.north"}))
    city = _approver(2, ScopeKind.TERRITORIES, 5_000, territories=frozenset({"c.north.spb"}))
    head = _approver(3, ScopeKind.COMPANY, None)
    shop = _approver(4, ScopeKind.SITES, 1_000, sites=frozenset({7}))
    held = [head, area, city, shop]
    for amount, steps in (
        (900, ((4,), (2,), (1,), (3,))),
        (5_000, ((2,), (1,), (3,))),
        (20_000, ((1,), (3,))),
        (20_001, ((3,),)),
    ):
        asked = Money(Decimal(amount), "RUB")
        assert approvers(held, Power.APPROVE_COST, place=spb, at=AT, amount=asked) == steps
    in_euro = Money(Decimal(1), "EUR")
    assert approvers(held, Power.APPROVE_COST, place=spb, at=AT, amount=in_euro) == ((3,),)


def _approver(
    contact: int, kind: ScopeKind, limit: int | None, **reach: frozenset[object]
) -> Mandate:
    return Mandate(
        contact=contact,
        scope=Scope(kind=kind, company=1, **reach),  # type: ignore[arg-type]
        powers=frozenset({Power.APPROVE_COST}),
        approves_to=None if limit is None else Money(Decimal(limit), "RUB"),
    )
