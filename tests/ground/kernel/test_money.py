"""Money is exact, keeps its currency, and is rounded half up by line."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ambidesk.ground.kernel.money import DifferentCurrencies, Money, NoCurrency, total

CODES = st.sampled_from(["EUR", "RUB", "JPY", "KWD", "CLF"])
AMOUNTS = st.decimals(min_value=-(10**12), max_value=10**12, places=4)


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Money, Money]:
    code = draw(CODES)
    return Money(draw(AMOUNTS), code), Money(draw(AMOUNTS), code)


@given(pairs())
def test_what_is_added_can_be_taken_away_again(pair: tuple[Money, Money]) -> None:
    one, other = pair
    assert one + other - other == one
    assert one + other == other + one
    assert one - one == Money.zero(one.currency)


@given(pairs())
def test_a_credit_mirrors_its_charge(pair: tuple[Money, Money]) -> None:
    price, _other = pair
    assert (-price).rounded() == -price.rounded()
    assert price.times(-3) == -price.times(3)


@given(pairs())
def test_rounding_moves_by_half_a_coin_at_most_and_happens_once(pair: tuple[Money, Money]) -> None:
    price, _other = pair
    rounded = price.rounded()
    assert rounded.rounded() == rounded
    assert abs(rounded.amount - price.amount) * 2 <= Decimal(1).scaleb(-price.digits)
    assert rounded.amount.same_quantum(Decimal(1).scaleb(-price.digits))


@given(st.lists(AMOUNTS, max_size=30))
def test_a_total_is_the_sum_of_its_lines(amounts: list[Decimal]) -> None:
    lines = [Money(amount, "EUR") for amount in amounts]
    assert total(lines, currency="EUR").amount == sum(amounts)
    assert total(reversed(lines), currency="EUR") == total(lines, currency="EUR")


@given(pairs())
def test_order_is_that_of_the_amounts(pair: tuple[Money, Money]) -> None:
    one, other = pair
    assert (one < other) == (other > one) == (one.amount < other.amount)
    assert (one <= other) == (other >= one) == (not one > other)


@pytest.mark.parametrize(
    "amount,code,rounded",
    [
        ("2.005", "EUR", "2.01"),
        ("-2.005", "EUR", "-2.01"),
        ("2.5", "JPY", "3"),
        ("1.0005", "KWD", "1.001"),
    ],
)
def test_halves_go_away_from_zero_at_the_smallest_coin(
    amount: str, code: str, rounded: str
) -> None:
    assert Money(Decimal(amount), code).rounded() == Money(Decimal(rounded), code)


def test_a_line_is_rounded_once() -> None:
    assert Money(Decimal("0.0333"), "EUR").times(Decimal("1.5")) == Money(Decimal("0.05"), "EUR")


def test_currencies_do_not_mix() -> None:
    euro, rouble = Money(Decimal(1), "EUR"), Money(Decimal(1), "RUB")
    for mixing in (euro.__add__, euro.__sub__, euro.__lt__):
        with pytest.raises(DifferentCurrencies):
            mixing(rouble)
    with pytest.raises(DifferentCurrencies, match="EUR"):
        total([rouble], currency="EUR")
    assert euro != rouble


@pytest.mark.parametrize("amount", [1.5, 1, "1", Decimal("NaN"), Decimal("Infinity")])
def test_only_finite_decimals_are_amounts(amount: object) -> None:
    with pytest.raises(TypeError):
        Money(amount, "EUR")  # type: ignore[arg-type]


def test_a_float_is_no_quantity() -> None:
    with pytest.raises(TypeError):
        Money(Decimal(1), "EUR").times(1.5)  # type: ignore[arg-type]


@pytest.mark.parametrize("code", ["", "eur", "EURO", "ЕВР", "E1R"])
def test_only_codes_of_three_letters_are_currencies(code: str) -> None:
    with pytest.raises(NoCurrency):
        Money(Decimal(1), code)
