"""Places: postal addresses compared as a whole, since lines of an address change about."""

from functools import lru_cache

from rapidfuzz import fuzz

from ambidesk.parties.matching.likeness import Level, of_numbers
from ambidesk.parties.matching.record import Record
from ambidesk.parties.matching.sounds import sound

# Kinds of streets and their short forms, which say nothing by themselves.
KINDS = frozenset(
    sound(word)
    for word in """улица ул проспект пр пркт переулок пер дом д корпус корп к квартира кв г город
    область обл шоссе street st road rd avenue ave place pl court ct crescent cres close drive
    dr circuit cct way lane ln flat apt unit""".split()
)
EQUAL, LIKE = 90, 72


@lru_cache(maxsize=200_000)
def words_of(text: str) -> str:
    """Give what distinguishes an address: its words by sound, without kinds of streets."""
    return " ".join(word for word in sound(text).split() if word not in KINDS)


@lru_cache(maxsize=500_000)
def of_words(one: str, two: str) -> Level:
    """Compare lines of addresses, in whichever order their words stand."""
    first, second = words_of(one), words_of(two)
    if not first or not second:
        return Level.MISSING
    if first == second:
        return Level.EQUAL
    ratio = max(fuzz.token_set_ratio(first, second), fuzz.ratio(_shut(first), _shut(second)))
    if ratio >= EQUAL:
        return Level.ALIKE
    return Level.LIKE if ratio >= LIKE else Level.DIFFERENT


def _shut(text: str) -> str:
    return text.replace(" ", "")


def of_houses(one: Record, two: Record) -> Level:
    """Compare numbers of houses: one digit more is another house."""
    level = of_numbers(one.house.casefold(), two.house.casefold())
    return Level.DIFFERENT if level is Level.LIKE and len(one.house) < 3 else level
