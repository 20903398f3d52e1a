"""
Allowing: whether somebody may be written to for a purpose, on the address that is written to.

A yes holds for the person who said it and for nobody that they were joined with; a no holds for
all of them. So a join can only narrow what is allowed.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping

from ambidesk.parties.consents.models import OPT_IN, Consent, Purpose, Word
from ambidesk.parties.people.models import Identity
from ambidesk.parties.people.parts import parts_of_each

Said = Mapping[tuple[int, str], Word]


def allowed(identities: Collection[Identity], purpose: Purpose) -> set[int]:
    """Ids of those addresses that may be written to for a purpose."""
    if purpose is Purpose.SERVICE:
        return {each.pk for each in identities}
    parts = parts_of_each({each.person_id for each in identities})
    everybody = {person for group in parts.values() for person in group}
    said = _said(everybody, purpose)
    return {
        each.pk
        for each in identities
        if _is_allowed(each, purpose, said=said, parts=parts[each.person_id])
    }


def objects(person: int, purpose: Purpose) -> bool:
    """Say whether a person, or anybody they are one with, objected on every channel."""
    parts = parts_of_each({person})[person]
    return Word.NO in {_said(parts, purpose).get((each, "")) for each in parts}


def _is_allowed(
    identity: Identity, purpose: Purpose, *, said: Said, parts: Collection[int]
) -> bool:
    own = _word(said, identity.person_id, identity.kind)
    others = {_word(said, person, identity.kind) for person in parts}
    if Word.NO in others or own is Word.NO:
        return False
    return own is Word.YES or purpose not in OPT_IN


def _word(said: Said, person: int, channel: str) -> Word | None:
    """What a person says to a channel: what was said of it alone goes before what is of all."""
    return said.get((person, channel), said.get((person, "")))


def _said(persons: Collection[int], purpose: Purpose) -> Said:
    rows = Consent.objects.filter(person__in=persons, purpose=purpose, ended_at=None)
    found: dict[tuple[int, str], Word] = defaultdict()
    for person, channel, word in rows.values_list("person_id", "channel", "word"):
        found[person, channel] = Word(word)
    return found
