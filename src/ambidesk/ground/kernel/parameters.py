"""
Parameters: JSON read into a frozen dataclass, by the types that its fields declare.

Nothing unknown, missing or of another type passes; numbers are not read out of texts.
"""

import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import Enum
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

Made = TypeVar("Made")


class Unfit(ValueError):  # noqa: N818 says what is wrong with what was given
    """What was given does not fit; `names` are the fields at fault, in order."""

    def __init__(self, names: list[str]) -> None:
        super().__init__(", ".join(names))
        self.names = names


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One field as forms and API documents see it; `many` is a list of `type`."""

    name: str
    type: type
    required: bool
    optional: bool
    many: bool

    @property
    def choices(self) -> tuple[Enum, ...]:
        """The values of an enum; nothing for other types."""
        return tuple(self.type) if issubclass(self.type, Enum) else ()


def declared(kind: type) -> tuple[Parameter, ...]:
    """List the fields of a dataclass, in its order."""
    hints = get_type_hints(kind)
    return tuple(
        _parameter(
            each.name,
            hints[each.name],
            required=each.default is MISSING and each.default_factory is MISSING,
        )
        for each in fields(kind)
    )


def read(kind: type[Made], given: Mapping[str, Any]) -> Made:
    """
    Make the dataclass from JSON values.

    Raises:
        Unfit: with the names of the fields that are unknown, missing or of another type.
    """
    wanted = {each.name: each for each in declared(kind)}
    wrong = set(given) - set(wanted)
    values: dict[str, Any] = {}
    for name, parameter in wanted.items():
        if name in given:
            try:
                values[name] = _value(parameter, given[name])
            except (ValueError, TypeError, InvalidOperation):
                wrong.add(name)
        elif parameter.required:
            wrong.add(name)
    if wrong:
        raise Unfit(sorted(wrong))
    return kind(**values)


def _parameter(name: str, hint: Any, *, required: bool) -> Parameter:
    optional = many = False
    if get_origin(hint) in {Union, types.UnionType}:
        plain = [each for each in get_args(hint) if each is not type(None)]
        optional = len(plain) < len(get_args(hint))
        (hint,) = plain
    container = get_origin(hint)
    if container in {list, tuple}:
        many = True
        hint = get_args(hint)[0]
    if not isinstance(hint, type) or not (hint in READERS or issubclass(hint, Enum)):
        raise TypeError(f"{name}: {hint} cannot be read from JSON")
    return Parameter(name=name, type=hint, required=required, optional=optional, many=many)


def _value(parameter: Parameter, given: object) -> object:
    if given is None:
        if parameter.optional:
            return None
        raise TypeError
    if not parameter.many:
        return _single(parameter.type, given)
    if not isinstance(given, list | tuple):
        raise TypeError
    return tuple(_single(parameter.type, each) for each in given)


def _single(kind: type, given: object) -> object:
    if issubclass(kind, Enum):
        return kind(given)
    return READERS[kind](given)


def _exactly(kind: type) -> Callable[[Any], Any]:
    def reader(given: Any) -> Any:
        # A bool is an int to Python and is none to a person.
        if type(given) is not kind:
            raise TypeError
        return given

    return reader


def _decimal(given: Any) -> Decimal:
    if isinstance(given, bool | float):
        raise TypeError
    number = Decimal(given)
    if not number.is_finite():
        raise ValueError
    return number


def _instant(given: Any) -> datetime:
    instant = given if isinstance(given, datetime) else datetime.fromisoformat(given)
    if instant.utcoffset() is None:
        raise ValueError
    return instant


def _day(given: Any) -> date:
    if isinstance(given, datetime):
        raise TypeError
    return given if isinstance(given, date) else date.fromisoformat(given)


READERS: dict[type, Callable[[Any], Any]] = {
    int: _exactly(int),
    bool: _exactly(bool),
    str: _exactly(str),
    Decimal: _decimal,
    datetime: _instant,
    date: _day,
}
