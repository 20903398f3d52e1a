"""Penalties: rates, caps, excuses; and which promise of a contract is a request's."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from ambidesk.ground.kernel.money import Money
from ambidesk.service.contracts.rules.penalties import Breach, PenaltyRule, Rate, penalties
from ambidesk.service.contracts.rules.promising import Asked, Promised, promise_for

FEE = Money(Decimal(100_000), "RUB")
MARCH = date(2026, 3, 1)


def _breach(key: int = 1, *, hours: float = 2.5, excuse: str = "") -> Breach:
    return Breach(
        key=key, goal="resolution", on=MARCH, late_for=timedelta(hours=hours), excuse=excuse
    )


def _rule(**named: object) -> PenaltyRule:
    given = {
        "key": 1,
        "clause": "8.3",
        "goal": "resolution",
        "rate": Rate.FEE_HOUR,
        "value": Decimal("0.5"),
    } | named
    return PenaltyRule(**given)  # type: ignore[arg-type]


def test_each_begun_hour_costs_its_share_of_the_fee() -> None:
    (one,) = penalties([_rule()], [_breach()], fee=FEE)
    assert (one.amount, one.clause) == (Money(Decimal(1500), "RUB"), "8.3")


def test_the_cap_holds_for_the_whole_period_and_says_what_it_took_off() -> None:
    found = penalties([_rule(cap=Decimal(2))], [_breach(1), _breach(2)], fee=FEE)
    assert [(each.amount.amount, each.cut.amount) for each in found] == [(1500, 0), (500, 1000)]


def test_an_excused_breach_is_listed_and_costs_nothing() -> None:
    rule = _rule(excuses=frozenset({"no_access"}))
    (one,) = penalties([rule], [_breach(excuse="no_access")], fee=FEE)
    assert (one.amount.amount, one.excuse) == (0, "no_access")
    (other,) = penalties([rule], [_breach(excuse="late_part")], fee=FEE)
    assert other.amount.amount == 1500


def test_lateness_within_the_grace_is_none() -> None:
    assert penalties([_rule(grace=timedelta(hours=3))], [_breach()], fee=FEE) == []


RULES = st.lists(
    st.builds(
        PenaltyRule,
        key=st.integers(1, 99),
        clause=st.just("8"),
        goal=st.sampled_from(["resolution", "first_response"]),
        rate=st.sampled_from(Rate),
        value=st.decimals(0, 50, places=2),
        cap=st.none() | st.decimals(0, 30, places=1),
    ),
    max_size=3,
    unique_by=lambda rule: rule.key,
)
BREACHES = st.lists(
    st.builds(
        Breach,
        key=st.integers(1, 99),
        goal=st.sampled_from(["resolution", "first_response"]),
        on=st.dates(MARCH, date(2026, 3, 31)),
        late_for=st.timedeltas(timedelta(0), timedelta(days=30)),
    ),
    max_size=8,
    unique_by=lambda breach: breach.key,
)


@given(RULES, BREACHES, st.randoms(use_true_random=False))
def test_no_rule_costs_more_than_its_cap_and_order_does_not_matter(
    rules: list[PenaltyRule], breaches: list[Breach], chance: object
) -> None:
    found = penalties(rules, breaches, fee=FEE)
    for rule in rules:
        whole = sum(each.amount.amount for each in found if each.rule == rule.key)
        assert whole >= 0
        if rule.cap is not None:
            assert whole <= FEE.times(rule.cap / 100).amount
    chance.shuffle(breaches)  # type: ignore[attr-defined]
    chance.shuffle(rules)  # type: ignore[attr-defined]
    assert penalties(rules, breaches, fee=FEE) == found


ASKED = Asked(line=3, service=5, priority=40, classes=(4, 40))


def test_the_promise_of_the_own_line_goes_before_kind_priority_and_class() -> None:
    ladder = [
        Promised(key=1, policy=1),
        Promised(key=2, policy=2, asset_class=40),
        Promised(key=3, policy=3, asset_class=4),
        Promised(key=4, policy=4, priority=40),
        Promised(key=5, policy=5, service=5),
        Promised(key=6, policy=6, line=3),
    ]
    for number in range(len(ladder), 0, -1):
        chosen = promise_for(ladder[:number], ASKED)
        assert chosen is not None
        assert chosen.policy == number


def test_a_promise_for_somebody_else_is_not_ours() -> None:
    assert promise_for([Promised(key=1, policy=1, priority=10)], ASKED) is None
