"""
Money: an exact amount in one currency.

Never a float; amounts of different currencies do not mix; a line is rounded half up, once.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Self

from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel.refusal import InvalidInput, Refusal

# Digits after the point where they are not two. Source: ISO 4217, table A.1.
NO_DIGITS = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF"
THREE_DIGITS = "BHD IQD JOD KWD LYD OMR TND"
FOUR_DIGITS = "CLF UYW"
DIGITS = {
    code: digits
    for codes, digits in ((NO_DIGITS, 0), (THREE_DIGITS, 3), (FOUR_DIGITS, 4))
    for code in codes.split()
}
LETTERS = 3


class DifferentCurrencies(Refusal):
    """Amounts of two currencies were put together."""

    sentence = _("Amounts in %(one)s and in %(other)s cannot be put together.")


class NoCurrency(InvalidInput):
    """Not the code of a currency."""

    sentence = _("“%(code)s” is not the code of a currency, such as EUR.")


@dataclass(frozen=True, slots=True)
class Money:
    """An amount; unit prices may be finer than the smallest coin, `rounded` ones are not."""

    amount: Decimal
    currency: str

    def __post_init__(self) -> None:
        if not isinstance(self.amount, Decimal) or not self.amount.is_finite():
            raise TypeError(f"an amount is a finite Decimal, not {self.amount!r}")
        code = self.currency
        if not (len(code) == LETTERS and code.isascii() and code.isalpha() and code.isupper()):
            raise NoCurrency(code=code, field="currency")

    @classmethod
    def zero(cls, currency: str) -> Self:
        return cls(Decimal(0), currency)

    def __add__(self, other: "Money") -> "Money":
        return Money(self.amount + self._same(other), self.currency)

    def __sub__(self, other: "Money") -> "Money":
        return Money(self.amount - self._same(other), self.currency)

    def __neg__(self) -> "Money":
        return Money(-self.amount, self.currency)

    def __lt__(self, other: "Money") -> bool:
        return self.amount < self._same(other)

    def __le__(self, other: "Money") -> bool:
        return self.amount <= self._same(other)

    def __gt__(self, other: "Money") -> bool:
        return self.amount > self._same(other)

    def __ge__(self, other: "Money") -> bool:
        return self.amount >= self._same(other)

    def __bool__(self) -> bool:
        return bool(self.amount)

    @property
    def digits(self) -> int:
        """Digits after the point of the currency's smallest coin."""
        return DIGITS.get(self.currency, 2)

    @property
    def minor(self) -> int:
        """So many of the smallest coin."""
        return int(self.rounded().amount.scaleb(self.digits))

    @classmethod
    def of_minor(cls, coins: int, currency: str) -> Self:
        """Give the amount of so many of the smallest coin."""
        return cls(Decimal(coins).scaleb(-DIGITS.get(currency, 2)), currency)

    def rounded(self) -> "Money":
        """Round to the smallest coin, halves away from zero, so that a credit mirrors a charge."""
        coin = Decimal(1).scaleb(-self.digits)
        return Money(self.amount.quantize(coin, rounding=ROUND_HALF_UP), self.currency)

    def times(self, quantity: Decimal | int) -> "Money":
        """Make a line of this price: multiplied, then rounded."""
        if isinstance(quantity, bool) or not isinstance(quantity, Decimal | int):
            raise TypeError(f"a quantity is a Decimal or an int, not {quantity!r}")
        return Money(self.amount * quantity, self.currency).rounded()

    def _same(self, other: "Money") -> Decimal:
        if other.currency != self.currency:
            raise DifferentCurrencies(one=self.currency, other=other.currency)
        return other.amount


def total(lines: Iterable[Money], *, currency: str) -> Money:
    """
    Add lines up; no lines are zero.

    Raises:
        DifferentCurrencies: a line is in another currency.
    """
    return sum(lines, start=Money.zero(currency))
