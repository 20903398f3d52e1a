"""
Lookalikes: made-up records of persons, seeded, with what makes matching hard; shares in `Shares`.

Households share surname, address, often a phone, seldom a mailbox; twins also the day of birth.
Namesakes are parent and child. Half of second records of Russian names are transliterated.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import combinations
from typing import Any

from ambidesk.edge.commands.generating import names
from ambidesk.parties.matching.record import Record

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shares:
    """How often what happens, of all persons or of all further records."""

    russian: float = 0.6
    household: float = 0.25
    twin: float = 0.02
    namesake: float = 0.01
    family_mailbox: float = 0.05
    household_phone: float = 0.5
    role_box: float = 0.08
    second_record: float = 0.4
    third_record: float = 0.05
    transliterated: float = 0.5
    diminutive: float = 0.3
    job_change: float = 0.15
    move: float = 0.1
    slip: float = 0.08
    missing: float = 0.25


@dataclass(slots=True)
class Town:
    """All records, and the pairs that are one human being's."""

    records: list[Record] = field(default_factory=list)
    truth: set[Pair] = field(default_factory=set)


def make_town(persons: int, *, seed: int, shares: Shares | None = None) -> Town:
    """Make the records of so many persons; the same seed makes the same."""
    dice = _Dice(random.Random(seed), shares or Shares())  # noqa: S311 no secret
    town = Town()
    while len(town.records) == 0 or dice.number < persons:
        for person in dice.family() if dice.happens(dice.shares.household) else [dice.person()]:
            told = list(dice.records_of(person))
            town.records += told
            keys = sorted(each.key for each in told)
            town.truth.update(combinations(keys, 2))
    dice.random.shuffle(town.records)
    return town


@dataclass(slots=True)
class _Dice:
    random: random.Random
    shares: Shares
    number: int = 0
    records: int = 0

    def happens(self, share: float) -> bool:
        return self.random.random() < share

    def person(self, *, surname: str = "", is_russian: bool | None = None) -> Record:
        """Somebody new, as they would describe themselves."""
        self.number += 1
        russian = self.happens(self.shares.russian) if is_russian is None else is_russian
        woman = self.happens(0.5)
        given, family, middle = names.of(self.random, russian=russian, woman=woman, family=surname)
        latin = names.latin(f"{given}.{family}", scheme=0).lower().replace("'", "")
        street = self.random.choice(names.STREETS)
        return Record(
            key="",
            given=given,
            surname=family,
            middle=middle,
            emails=(f"{latin}{self.number}@{self.random.choice(names.PROVIDERS)}",),
            phones=(f"+79{self.random.randrange(10**9):09d}",),
            handles=(f"telegram:{1000 + self.number}",),
            company=self.random.choice(names.COMPANIES),
            house=str(self.random.randrange(1, 150)),
            street=street,
            locality=self.random.choice(names.TOWNS),
            postcode=f"{self.random.randrange(100000, 999999)}",
            birth=f"{self.random.randrange(1940, 2006)}"
            f"{self.random.randrange(1, 13):02d}{self.random.randrange(1, 29):02d}",
        )

    def family(self) -> list[Record]:
        """Two to four of one household: one address, in part one phone or mailbox."""
        first = self.person()
        russian = bool(names.CYRILLIC.search(first.surname))
        members = [first]
        for _each in range(self.random.randrange(1, 4)):
            if self.happens(self.shares.twin * 2):
                born, given = first.birth, ""
            elif self.happens(self.shares.namesake * 2):
                born, given = "", first.given
            else:
                born = given = ""
            members.append(self._relative(first, born=born, given=given, russian=russian))
        return members

    def _relative(self, first: Record, *, born: str, given: str, russian: bool) -> Record:
        other = self.person(surname=first.surname, is_russian=russian)
        while other.given == first.given and not given:
            other = replace(other, given=names.given(self.random, like=other, russian=russian))
        shares_phone = self.happens(self.shares.household_phone)
        shares_box = not given and self.happens(self.shares.family_mailbox)
        return replace(
            other,
            given=given or other.given,
            surname=first.surname if given else other.surname,
            middle=first.middle if given else other.middle,
            birth=born or other.birth,
            house=first.house,
            street=first.street,
            locality=first.locality,
            postcode=first.postcode,
            phones=first.phones if shares_phone else other.phones,
            emails=first.emails if shares_box else other.emails,
        )

    def records_of(self, person: Record) -> Iterator[Record]:
        """What several desks would have written of one person."""
        yield self._written(person)
        if self.happens(self.shares.second_record):
            yield self._written(self._later(person))
            if self.happens(self.shares.third_record / self.shares.second_record):
                yield self._written(self._later(person))

    def _later(self, person: Record) -> Record:
        changed = person
        if self.happens(self.shares.diminutive):
            changed = replace(changed, given=names.short(self.random, changed.given))
        if self.happens(self.shares.transliterated):
            changed = names.in_latin(changed, scheme=self.random.randrange(3))
        if self.happens(self.shares.job_change):
            company = self.random.choice(names.COMPANIES)
            box = f"{names.latin(person.surname, scheme=1).lower()}{self.number}@{company}"
            changed = replace(changed, company=company, emails=(box,))
        if self.happens(self.shares.move):
            moved = self.person()
            self.number -= 1
            changed = replace(
                changed, house=moved.house, street=moved.street, locality=moved.locality,
                postcode=moved.postcode,
            )  # fmt: skip
        return changed

    def _written(self, person: Record) -> Record:
        self.records += 1
        told = replace(person, key=f"r{self.records}")
        if self.happens(self.shares.role_box):
            box = f"{self.random.choice(names.BOXES)}@{person.company}"
            told = replace(told, emails=(box,), handles=())
        changes: dict[str, Any] = {}
        for part in ("given", "surname", "street", "birth"):
            if self.happens(self.shares.slip):
                changes[part] = names.slipped(self.random, getattr(told, part))
        for part in ("middle", "birth", "house", "street", "postcode", "locality"):
            if self.happens(self.shares.missing):
                changes[part] = ""
        for part in ("emails", "phones", "handles"):
            if self.happens(self.shares.missing * 2):
                changes[part] = ()
        return replace(told, **changes)
