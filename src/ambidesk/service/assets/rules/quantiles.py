"""
Quantiles of the chi-squared, beta and t distributions, from their incomplete integrals.

Source: NIST Digital Library of Mathematical Functions, 8.9.2, 8.11.4 (gamma), 8.17.22 (beta).
"""

import math
from collections.abc import Callable

# A term that changes the sum by less than this share of it ends the sum.
NEGLIGIBLE = 1e-15
TINY = 1e-300
MOST_TERMS = 100_000
HALVINGS = 200


def gamma_share(shape: float, x: float) -> float:
    """Give the regularised lower incomplete gamma function P(shape, x), in [0, 1]."""
    if x <= 0:
        return 0.0
    if x < shape + 1:
        return _gamma_series(shape, x)
    return 1.0 - _gamma_fraction(shape, x)


def beta_share(x: float, *, one: float, other: float) -> float:
    """Give the regularised incomplete beta function I_x(one, other), in [0, 1]."""
    if x <= 0:
        return 0.0
    if x >= 1:
        return 1.0
    if x > (one + 1) / (one + other + 2):
        return 1.0 - _beta_fraction(1 - x, other, one)
    return _beta_fraction(x, one, other)


def chi_squared_quantile(share: float, degrees: float) -> float:
    """Give the value below which this share in (0, 1) of a chi-squared distribution lies."""
    high = degrees + 10.0
    while gamma_share(degrees / 2, high / 2) < share:
        high *= 2
    return _solve(lambda x: gamma_share(degrees / 2, x / 2), share, 0.0, high)


def beta_quantile(share: float, *, one: float, other: float) -> float:
    """Give the value below which this share in (0, 1) of a beta distribution lies."""
    return _solve(lambda x: beta_share(x, one=one, other=other), share, 0.0, 1.0)


def t_quantile(share: float, degrees: float) -> float:
    """Give the value below which this share in (0, 1) of Student's t distribution lies."""
    if share < 1 / 2:
        return -t_quantile(1 - share, degrees)
    high = 2.0
    while t_share(high, degrees) < share:
        high *= 2
    return _solve(lambda x: t_share(x, degrees), share, 0.0, high)


def t_share(x: float, degrees: float) -> float:
    """Give the share of Student's t distribution below x >= 0."""
    return 1.0 - beta_share(degrees / (degrees + x * x), one=degrees / 2, other=0.5) / 2


def _solve(rising: Callable[[float], float], aim: float, low: float, high: float) -> float:
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        if rising(middle) < aim:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _gamma_series(shape: float, x: float) -> float:
    term = total = 1.0 / shape
    for number in range(1, MOST_TERMS):
        term *= x / (shape + number)
        total += term
        if term < total * NEGLIGIBLE:
            break
    return total * math.exp(shape * math.log(x) - x - math.lgamma(shape))


def _gamma_fraction(shape: float, x: float) -> float:
    # Lentz's way of a continued fraction from its front.
    b = x + 1.0 - shape
    c, d = 1.0 / TINY, 1.0 / b
    result = d
    for number in range(1, MOST_TERMS):
        a = -number * (number - shape)
        b += 2.0
        d = 1.0 / _not_zero(a * d + b)
        c = _not_zero(b + a / c)
        result *= d * c
        if abs(d * c - 1.0) < NEGLIGIBLE:
            break
    return result * math.exp(shape * math.log(x) - x - math.lgamma(shape))


def _beta_fraction(x: float, one: float, other: float) -> float:
    c = 1.0
    d = 1.0 / _not_zero(1.0 - (one + other) * x / (one + 1))
    result = d
    for m in range(1, MOST_TERMS):
        even = m * (other - m) * x / ((one + 2 * m - 1) * (one + 2 * m))
        odd = -(one + m) * (one + other + m) * x / ((one + 2 * m) * (one + 2 * m + 1))
        for a in (even, odd):
            d = 1.0 / _not_zero(1.0 + a * d)
            c = _not_zero(1.0 + a / c)
            result *= d * c
        if abs(d * c - 1.0) < NEGLIGIBLE:
            break
    logs = math.lgamma(one + other) - math.lgamma(one) - math.lgamma(other)
    return result * math.exp(logs + one * math.log(x) + other * math.log1p(-x)) / one


def _not_zero(value: float) -> float:
    return value if abs(value) > TINY else TINY
