"""Values: what may stand after an operator, read by the kind of the field, and written back."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from ambidesk.ground.conditions.fields import (
    Boolean,
    Choice,
    Field,
    Instant,
    Number,
    Reference,
    References,
    Text,
)
from ambidesk.ground.conditions.operators import Operator, Shape, Unit, shape_of
from ambidesk.ground.conditions.refusals import TooManyValues, WrongValue
from ambidesk.ground.conditions.tree import Duration, Single, Symbol, Value

ASKED = "condition"
LONGEST_TEXT = 200
MOST_VALUES = 100
LARGEST = Decimal(10) ** 12
DIGITS = 6
LARGEST_ID = 2**63 - 1
# Ten years: instants stay within what both Python and PostgreSQL can hold.
LONGEST_DAYS = 3660
YEARS = range(1900, 2500)


def read_value(field: Field, operator: Operator, *, given: object) -> Value:
    """
    Read what stands after an operator.

    Raises:
        WrongValue, TooManyValues: it does not fit.
    """
    try:
        match shape_of(operator):
            case Shape.NOTHING:
                _require_nothing(given)
                return None
            case Shape.DURATION:
                return read_duration(given)
            case Shape.MANY:
                return _many(field, given)
            case Shape.ONE:
                return _single(field, given)
    except (TypeError, ValueError, InvalidOperation, OverflowError) as unfit:
        raise WrongValue(field=ASKED, label=field.label) from unfit


def written_value(value: Value) -> Any:
    """Write a value as JSON."""
    match value:
        case tuple():
            return [written_value(each) for each in value]
        case Symbol(name):
            return {"symbol": name}
        case Duration(amount, unit):
            return {"amount": amount, "unit": unit.value}
        case datetime():
            return value.isoformat()
        case Decimal():
            return str(value)
    return value


def _require_nothing(given: object) -> None:
    if given is not None:
        raise ValueError


def read_duration(given: object) -> Duration:
    """Read a duration; what is none raises TypeError or ValueError."""
    if not isinstance(given, Mapping) or set(given) != {"amount", "unit"}:
        raise TypeError
    amount = given["amount"]
    if type(amount) is not int or amount < 0:
        raise ValueError
    duration = Duration(amount, Unit(given["unit"]))
    if duration.length.days > LONGEST_DAYS:
        raise ValueError
    return duration


def _many(field: Field, given: object) -> tuple[str | int | Symbol, ...]:
    if not isinstance(given, list) or not given:
        raise TypeError
    if len(given) > MOST_VALUES:
        raise TooManyValues(field=ASKED, most=MOST_VALUES, label=field.label)
    found = [_key(field, each) for each in given]
    return tuple(dict.fromkeys(found))


def _single(field: Field, given: object) -> Single:
    match field:
        case Text():
            return _text(given)
        case Number():
            return _number(given, whole=field.whole)
        case Boolean():
            if type(given) is not bool:
                raise TypeError
            return given
        case Instant():
            return _instant(given)
    return _key(field, given)


def _key(field: Field, given: object) -> str | int | Symbol:
    match field:
        case Choice():
            return _option(field, given)
        case Reference(symbols=symbols) if isinstance(given, Mapping):
            name = given.get("symbol")
            if set(given) != {"symbol"} or name not in [each.value for each in symbols]:
                raise ValueError
            return Symbol(str(name))
        case Reference() | References():
            if type(given) is not int or not 0 < given <= LARGEST_ID:
                raise TypeError
            return given
    raise TypeError


def _option(field: Choice, given: object) -> str | int:
    for option in field.options:
        # True is 1 to Python, and nobody's choice.
        if option.value == given and type(option.value) is type(given):
            return option.value
    raise ValueError


def _text(given: object) -> str:
    if not isinstance(given, str) or not given.strip() or len(given) > LONGEST_TEXT:
        raise TypeError
    # No text of the database holds a zero byte, nor half a letter of UTF-16.
    if "\x00" in given or any("\ud800" <= sign <= "\udfff" for sign in given):
        raise ValueError
    return given


def _number(given: object, *, whole: bool) -> int | Decimal:
    if isinstance(given, bool) or not isinstance(given, int | str | float):
        raise TypeError
    number = Decimal(str(given))
    if not number.is_finite() or abs(number) > LARGEST or number != round(number, DIGITS):
        raise ValueError
    if number == number.to_integral_value():
        return int(number)
    if whole:
        raise ValueError
    return number


def _instant(given: object) -> datetime:
    if not isinstance(given, str):
        raise TypeError
    instant = datetime.fromisoformat(given)
    if instant.utcoffset() is None or instant.year not in YEARS:
        raise ValueError
    return instant
