"""
Deciding: which tier a weighed pair belongs to.

Joins by themselves need a proof besides the score; what several share in a household is none.
"""

from enum import StrEnum

from ambidesk.parties.matching.comparing import Agreement
from ambidesk.parties.matching.likeness import Level
from ambidesk.parties.matching.weighing import Weight

AUTOMATIC = 20.0
PROPOSED = 11.0
SAME = frozenset({Level.ALIKE, Level.EQUAL})
NAMES = frozenset({"given", "surname", "middle", "region"})
NEAR = SAME | {Level.LIKE}


class Tier(StrEnum):
    """What is done with a pair."""

    AUTOMATIC = "automatic"
    PROPOSED = "proposed"
    NOTHING = "nothing"


def decide(agreement: Agreement, weight: Weight) -> Tier:
    """Choose the tier of a pair."""
    if weight.score < PROPOSED or is_another(agreement):
        return Tier.NOTHING
    if weight.score >= AUTOMATIC and is_proved(agreement):
        return Tier.AUTOMATIC
    return Tier.PROPOSED


def is_another(agreement: Agreement) -> bool:
    """
    Tell whether the pair is two human beings for all that they share.

    Twins and couples have one address, one phone, one surname, even one day of birth; what is one's
    own is the given name, a number of an office, a messenger.
    """
    a = agreement
    own = a.number in NEAR or a.handle is Level.EQUAL or a.email in SAME
    if a.given is Level.DIFFERENT:
        return not own
    # One given name at one address, and two surnames: people marry, but mostly they are two.
    near = a.birth in NEAR or a.phone is Level.EQUAL or a.handle is Level.LIKE
    return a.surname is Level.DIFFERENT and not own and not near


def is_name_only(agreement: Agreement) -> bool:
    """Tell whether nothing but names agrees."""
    told = agreement.told()
    return all(name in NAMES for name, level in told.items() if level is not Level.DIFFERENT)


def is_proved(agreement: Agreement) -> bool:
    """Tell whether the pair has something that only one human being has."""
    a = agreement
    if a.birth is Level.DIFFERENT or a.middle is Level.DIFFERENT or a.given is Level.DIFFERENT:
        return False
    if a.number is Level.EQUAL:
        named = sum(level in NEAR for level in (a.given, a.surname))
        return (
            named == 2
            or (named == 1 and a.surname is not Level.DIFFERENT and _lives(a))
            or (a.birth in NEAR and (named >= 1 or _lives(a)))
        )
    if a.given not in SAME or a.surname not in SAME or a.number is Level.DIFFERENT:
        return False
    if a.handle is Level.EQUAL or a.email is Level.EQUAL:
        return True
    return a.birth in SAME and (
        a.phone is Level.EQUAL or a.number is Level.LIKE or a.email is Level.ALIKE or _lives(a)
    )


def _lives(agreement: Agreement) -> bool:
    levels = (agreement.street, agreement.locality, agreement.postcode)
    return sum(level in SAME for level in levels) >= 2
