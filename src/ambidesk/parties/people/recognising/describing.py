"""Describing: persons as the matching engine reads them, out of names and addresses."""

from collections.abc import Iterable

from ambidesk.parties.matching.boxes import is_role_box
from ambidesk.parties.matching.cells import email, split_name
from ambidesk.parties.matching.record import Record
from ambidesk.parties.people.models import Identity, IdentityKind, Person

# Where everybody has an address, so that it is nobody's company.
PROVIDERS = frozenset(
    """aol.com bk.ru duck.com fastmail.com gmail.com gmx.com gmx.de googlemail.com hotmail.com
    icloud.com inbox.ru internet.ru list.ru live.com mac.com mail.com mail.ru me.com msn.com
    outlook.com proton.me protonmail.com qq.com rambler.ru vk.com web.de xmail.ru ya.ru yahoo.com
    yandex.com yandex.ru""".split()
)


def records_of(persons: Iterable[int]) -> dict[int, Record]:
    """Read the records of persons, in two questions; an erased one has none."""
    rows = Person.objects.filter(pk__in=set(persons)).known().prefetch_related("identities")
    return {row.pk: record_of(row, list(row.identities.all())) for row in rows}


def record_of(person: Person, identities: list[Identity]) -> Record:
    """Make the record of one person."""
    own = [each for each in identities if not each.shared and not each.erased_at]
    emails = tuple(
        value
        for each in own
        if each.kind == IdentityKind.EMAIL
        and not is_role_box(each.value)
        and (value := email(each.value))
    )
    messengers = [each for each in own if each.kind == IdentityKind.MESSENGER]
    return Record(
        key=str(person.pk),
        emails=emails,
        phones=tuple(each.value for each in own if each.kind == IdentityKind.PHONE),
        handles=tuple(each.value.casefold() for each in messengers),
        nicks=tuple(filter(None, (_nick(each.display) for each in messengers))),
        company=_company(identities),
        **split_name(_name(person, own)),
    )


def _name(person: Person, own: list[Identity]) -> str:
    """Give the fullest of the names by which the desk knows a person, their own first."""
    names = [person.name, *(each.name for each in own if each.kind != IdentityKind.VISITOR)]
    return max(names, key=lambda name: min(len(name.split()), 2))


def _nick(display: str) -> str:
    words = display.split()
    return words[0].lstrip("@").casefold() if len(words) == 1 and display.startswith("@") else ""


def _company(identities: list[Identity]) -> str:
    """Give the domain at which they write, where it is no provider's: info@ tells it as well."""
    domains = (
        each.value.rpartition("@")[2]
        for each in identities
        if each.kind == IdentityKind.EMAIL and not each.erased_at
    )
    return next((domain for domain in domains if domain not in PROVIDERS), "")
