"""Phones: numbers in E.164, or none."""

from functools import lru_cache

import phonenumbers


@lru_cache(maxsize=100_000)
def e164(value: str, *, country: str = "RU") -> str | None:
    """
    Bring a phone number to E.164; None where it is possible in no country.

    Source: ITU-T E.164.
    """
    try:
        number = phonenumbers.parse(value, country)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
