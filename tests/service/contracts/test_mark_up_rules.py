"""Mark-ups: per cent of the cost, at least an amount, rounded up; each a line of its own."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from ambidesk.ground.kernel.money import Money
from ambidesk.service.contracts.rules.marking_up import MarkUp, OfCost, mark_up_for, marked_up
from ambidesk.service.contracts.rules.pricing import Why, less_covered, sum_of


def _rub(amount: int | str | Decimal) -> Money:
    return Money(Decimal(amount), "RUB")


def _rule(**named: object) -> MarkUp:
    given = {
        "key": 1,
        "clause": "7.4",
        "of": OfCost.PARTS,
        "percent": Decimal(15),
        "least": _rub(0),
    } | named
    return MarkUp(**given)  # type: ignore[arg-type]


def _lines(rule: MarkUp, cost: Money) -> list[tuple[Why, Decimal]]:
    return [(each.why, each.amount.amount) for each in marked_up(rule, cost)]


def test_a_part_costs_so_many_per_cent_more() -> None:
    assert _lines(_rule(), _rub(1000)) == [(Why.MARKUP, 150)]


def test_a_small_part_has_the_least_mark_up() -> None:
    assert _lines(_rule(least=_rub(200)), _rub(1000)) == [(Why.MARKUP, 150), (Why.MINIMUM, 50)]


def test_cost_and_mark_up_are_rounded_up_together() -> None:
    assert _lines(_rule(step=Decimal(100)), _rub("1234.56")) == [
        (Why.MARKUP, Decimal("185.18")),
        (Why.ROUNDING, Decimal("80.26")),
    ]


def test_a_credit_has_none_and_a_foreign_cost_the_per_cent_only() -> None:
    rule = _rule(least=_rub(500), step=Decimal(100))
    assert _lines(rule, _rub(-1000)) == []
    assert _lines(rule, _rub(0)) == []
    assert _lines(rule, Money(Decimal(100), "EUR")) == [(Why.MARKUP, 15)]


def test_the_rule_for_the_kind_of_request_goes_first() -> None:
    general, own = _rule(key=1), _rule(key=2, service=7)
    expenses = _rule(key=3, of=OfCost.COSTS)
    rules = (general, own, expenses)
    assert mark_up_for(rules, of=OfCost.PARTS, service=7) == own
    assert mark_up_for(rules, of=OfCost.PARTS, service=8) == general
    assert mark_up_for(rules, of=OfCost.COSTS, service=7) == expenses
    assert mark_up_for((own,), of=OfCost.PARTS, service=None) is None


MARK_UPS = st.builds(
    MarkUp,
    key=st.just(1),
    clause=st.just("7.4"),
    of=st.just(OfCost.PARTS),
    percent=st.decimals(0, 300, places=2),
    least=st.decimals(0, 5_000, places=2).map(_rub),
    step=st.sampled_from(["0", "0.5", "1", "10", "99.99", "500"]).map(Decimal),
)
COSTS = st.decimals(Decimal("0.01"), 1_000_000, places=2).map(_rub)


def _price(rule: MarkUp, cost: Money) -> Decimal:
    return cost.amount + sum_of(list(marked_up(rule, cost)), currency="RUB").amount


@given(MARK_UPS, COSTS)
def test_nobody_pays_less_than_cost_and_least_nor_a_step_more(rule: MarkUp, cost: Money) -> None:
    price = _price(rule, cost)
    share = cost.times(rule.percent / 100)
    bare = cost.amount + max(share.amount, rule.least.amount)
    assert price >= bare
    if rule.step:
        assert price % rule.step == 0
        assert price - bare < rule.step
    else:
        assert price == bare
    assert all(line.amount.amount > 0 for line in marked_up(rule, cost))
    assert {line.clause for line in marked_up(rule, cost)} <= {"7.4"}


@given(MARK_UPS, COSTS, COSTS)
def test_what_costs_more_is_never_cheaper(rule: MarkUp, one: Money, other: Money) -> None:
    less, more = sorted((one, other), key=lambda each: each.amount)
    assert _price(rule, less) <= _price(rule, more)


@given(MARK_UPS, COSTS, st.integers(0, 100))
def test_the_share_of_the_contract_is_of_the_mark_up_too(
    rule: MarkUp, cost: Money, share: int
) -> None:
    lines = list(marked_up(rule, cost))
    whole = sum_of(lines, currency="RUB").amount
    paid = sum_of(less_covered(lines, share=share), currency="RUB").amount
    exact = whole * (100 - share) / 100
    # Each line is rounded once.
    assert abs(paid - exact) <= Decimal("0.01") * len(lines)
