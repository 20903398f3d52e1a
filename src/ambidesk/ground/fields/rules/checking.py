"""Checking: words, numbers, days and instants against the limits of their field."""

import re
from datetime import date, datetime, tzinfo
from decimal import Decimal, InvalidOperation

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email

from ambidesk.ground.fields.rules import refusals
from ambidesk.ground.fields.rules.spec import NUMBERS, Kind, Spec
from ambidesk.ground.kernel.money import DIGITS
from ambidesk.ground.kernel.texts import storable

# What the column holds: twelve digits before the point and six behind it.
LARGEST = Decimal(10) ** 12
FINEST = 6
LONGEST = {Kind.TEXT: 500, Kind.LONG: 10_000, Kind.EMAIL: 254, Kind.PHONE: 40, Kind.LINK: 1_000}
YEARS = range(1000, 9999)
LONGEST_NUMBER = 40
# Whose numbers are typed without the code of a country.
COUNTRY = "RU"
is_link = URLValidator(schemes=["http", "https"])


def read(spec: Spec, said: str, *, zone: tzinfo | None) -> str | Decimal | date | datetime:
    """
    Read a value of a kind that is typed.

    Raises:
        a FieldRefusal: it is none of this field.
    """
    if spec.kind in NUMBERS:
        return number(spec, said)
    if spec.kind is Kind.DAY:
        return day(spec, said)
    if spec.kind is Kind.INSTANT:
        return instant(spec, said, zone=zone)
    return words(spec, said)


def number(spec: Spec, said: str) -> Decimal:
    """
    Read a number.

    Raises:
        NotANumber, NotWhole, TooManyDigits, TooSmall, TooLarge: it is none of this field.
    """
    found = _decimal(spec, said)
    if spec.kind is Kind.WHOLE and found != found.to_integral_value():
        raise refusals.NotWhole(field=spec.name)
    digits = digits_of(spec)
    if found != round(found, digits):
        raise refusals.TooManyDigits(field=spec.name, most=digits)
    limits = spec.limits
    if limits.least is not None and found < limits.least:
        raise refusals.TooSmall(field=spec.name, least=limits.least)
    if limits.most is not None and found > limits.most:
        raise refusals.TooLarge(field=spec.name, most=limits.most)
    # One number has one form, whatever it was typed as.
    return round(found, digits) + 0 if digits else Decimal(int(found))


def digits_of(spec: Spec) -> int:
    """Digits behind the point."""
    if spec.kind is Kind.WHOLE:
        return 0
    if spec.kind is Kind.MONEY:
        return DIGITS.get(spec.limits.currency, 2)
    return min(spec.limits.digits, FINEST)


def day(spec: Spec, said: str) -> date:
    """
    Read a day.

    Raises:
        NotADay: it is none.
    """
    try:
        found = date.fromisoformat(said)
    except ValueError as wrong:
        raise refusals.NotADay(field=spec.name) from wrong
    if found.year not in YEARS:
        raise refusals.NotADay(field=spec.name)
    return found


def instant(spec: Spec, said: str, *, zone: tzinfo | None) -> datetime:
    """
    Read an instant; without an offset it is meant in `zone`, where there is one.

    Raises:
        NotAnInstant: it is none.
    """
    try:
        found = datetime.fromisoformat(said)
    except ValueError as wrong:
        raise refusals.NotAnInstant(field=spec.name) from wrong
    if found.year not in YEARS or (found.utcoffset() is None and zone is None):
        raise refusals.NotAnInstant(field=spec.name)
    return found if found.utcoffset() is not None else found.replace(tzinfo=zone)


def words(spec: Spec, said: str) -> str:
    """
    Read words of the field's kind.

    Raises:
        TooLong, OffMask, NotAnAddress, NotAPhone, NotALink, Missing: they are none of this field.
    """
    text = storable(said).strip()
    if not text:
        raise refusals.Missing(field=spec.name)
    most = min(spec.limits.longest or LONGEST[spec.kind], LONGEST[spec.kind])
    if len(text) > most:
        raise refusals.TooLong(field=spec.name, most=most)
    match spec.kind:
        case Kind.EMAIL:
            return _address(spec, text)
        case Kind.PHONE:
            return _phone(spec, text)
        case Kind.LINK:
            return _link(spec, text)
    if spec.limits.mask and not fits(spec.limits.mask, text):
        raise refusals.OffMask(field=spec.name, mask=spec.limits.mask)
    return text


def fits(mask: str, text: str) -> bool:
    """Tell whether a text is written as its mask says."""
    return len(mask) == len(text) and all(map(_fits, mask, text))


def _fits(sign: str, letter: str) -> bool:
    match sign:
        case "#":
            return letter.isdecimal()
        case "@":
            return letter.isalpha()
    return sign == letter


def _decimal(spec: Spec, said: str) -> Decimal:
    plain = re.sub(r"[\s\u00a0\u202f]", "", said)[:LONGEST_NUMBER].replace(",", ".")
    try:
        found = Decimal(plain)
    except InvalidOperation as wrong:
        raise refusals.NotANumber(field=spec.name) from wrong
    if not found.is_finite() or abs(found) >= LARGEST:
        raise refusals.NotANumber(field=spec.name)
    return found


def _address(spec: Spec, text: str) -> str:
    try:
        validate_email(text)
    except ValidationError as wrong:
        raise refusals.NotAnAddress(field=spec.name) from wrong
    return text


def _phone(spec: Spec, text: str) -> str:
    try:
        found = phonenumbers.parse(text, COUNTRY)
    except phonenumbers.NumberParseException as wrong:
        raise refusals.NotAPhone(field=spec.name) from wrong
    if not phonenumbers.is_possible_number(found):
        raise refusals.NotAPhone(field=spec.name)
    return phonenumbers.format_number(found, phonenumbers.PhoneNumberFormat.E164)


def _link(spec: Spec, text: str) -> str:
    try:
        is_link(text)
    except ValidationError as wrong:
        raise refusals.NotALink(field=spec.name) from wrong
    return text
