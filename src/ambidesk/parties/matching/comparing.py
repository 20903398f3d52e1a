"""Comparing: two records laid side by side, one level for each thing that both may know."""

from dataclasses import dataclass, fields

from ambidesk.parties.matching import likeness, places
from ambidesk.parties.matching.likeness import Level
from ambidesk.parties.matching.record import Record
from ambidesk.parties.matching.sounds import sound

# A local part that is shorter is anybody's.
LONG_LOCAL = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """How two records agree."""

    given: Level
    surname: Level
    middle: Level
    birth: Level
    number: Level
    email: Level
    phone: Level
    handle: Level
    company: Level
    house: Level
    street: Level
    locality: Level
    postcode: Level
    region: Level
    # Given name and surname agree when one record's are changed about.
    is_crossed: bool = False

    def told(self) -> dict[str, Level]:
        """Give the levels by the name of what was compared, without what one of them lacks."""
        return {
            name: level for name in ASPECTS if (level := getattr(self, name)) is not Level.MISSING
        }


ASPECTS = tuple(each.name for each in fields(Agreement) if each.name != "is_crossed")


def compare(one: Record, two: Record) -> Agreement:
    """Compare two records; the order does not matter."""
    given, surname, is_crossed = _names(one, two)
    locality = places.of_words(one.locality, two.locality)
    return Agreement(
        given=given,
        surname=surname,
        middle=likeness.of_given_names(one.middle, two.middle),
        birth=likeness.of_days(one.birth, two.birth),
        number=likeness.of_numbers(one.number, two.number),
        email=_emails(one.emails, two.emails),
        phone=_phones(one.phones, two.phones),
        handle=_handles(one, two),
        company=_companies(one.company, two.company),
        house=places.of_houses(one, two),
        street=_streets(one, two),
        locality=locality,
        postcode=likeness.of_numbers(one.postcode, two.postcode),
        region=likeness.of_names(one.region, two.region),
        is_crossed=is_crossed,
    )


def _names(one: Record, two: Record) -> tuple[Level, Level, bool]:
    given = likeness.of_given_names(one.given, two.given)
    surname = likeness.of_names(one.surname, two.surname)
    if min(given, surname) >= Level.LIKE or max(given, surname) > Level.LIKE:
        return given, _of_one_family(one, two, surname), False
    crossed_given = likeness.of_given_names(one.given, two.surname)
    crossed_surname = likeness.of_given_names(one.surname, two.given)
    crossed = sorted((crossed_given, crossed_surname))
    if crossed[1] >= Level.ALIKE and crossed[0] in {
        Level.MISSING,
        Level.LIKE,
        Level.ALIKE,
        Level.EQUAL,
    }:
        return (
            min(crossed_given, Level.ALIKE),
            min(crossed_surname, Level.ALIKE),
            True,
        )
    return given, _of_one_family(one, two, surname), False


def _of_one_family(one: Record, two: Record, level: Level) -> Level:
    """Take Иванов and Иванова for one family's name, and for two human beings' all the same."""
    if level is not Level.LIKE:
        return level
    first, second = sorted((sound(one.surname), sound(two.surname)), key=len)
    return Level.DIFFERENT if second == first + "a" else level


def _emails(one: tuple[str, ...], two: tuple[str, ...]) -> Level:
    if not one or not two:
        return Level.MISSING
    if not set(one).isdisjoint(two):
        return Level.EQUAL
    return max(_email(first, second) for first in one for second in two)


def _email(one: str, two: str) -> Level:
    first, at_first = one.rsplit("@", 1)
    second, at_second = two.rsplit("@", 1)
    if first == second and len(first) >= LONG_LOCAL:
        return Level.ALIKE
    if len(first) >= LONG_LOCAL and at_first == at_second and likeness.are_slip(first, second):
        return Level.LIKE
    return Level.DIFFERENT


def _phones(one: tuple[str, ...], two: tuple[str, ...]) -> Level:
    if not one or not two:
        return Level.MISSING
    if not set(one).isdisjoint(two):
        return Level.EQUAL
    near = any(likeness.are_slip(first, second) for first in one for second in two)
    return Level.LIKE if near else Level.DIFFERENT


def _companies(one: str, two: str) -> Level:
    level = places.of_words(one, two)
    # A domain is the same or another: nobody mistypes where they write from.
    return Level.DIFFERENT if level in {Level.LIKE, Level.ALIKE} and "." in one else level


def _handles(one: Record, two: Record) -> Level:
    if not set(one.handles).isdisjoint(two.handles):
        return Level.EQUAL
    if not _chosen(one).isdisjoint(_chosen(two)):
        return Level.LIKE
    return Level.DIFFERENT if one.handles and two.handles else Level.MISSING


def _chosen(record: Record) -> set[str]:
    """Give long names that somebody chose, in messengers or before the @ of a mail."""
    names = (*record.nicks, *(value.partition("@")[0] for value in record.emails))
    return {name for name in map(bare, names) if len(name) >= LONG_LOCAL}


def bare(name: str) -> str:
    """Give a chosen name without the signs that are left out here and there."""
    return "".join(filter(str.isalnum, name.casefold()))


def _streets(one: Record, two: Record) -> Level:
    straight = places.of_words(one.street, two.street)
    if straight in {Level.MISSING, Level.DIFFERENT} and one.locality and two.locality:
        # Lines of an address that slipped into each other.
        whole = places.of_words(f"{one.street} {one.locality}", f"{two.street} {two.locality}")
        return max(straight, min(whole, Level.LIKE))
    return straight
