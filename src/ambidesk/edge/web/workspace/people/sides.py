"""Sides: what the desk knows of each of two persons, line by line, with what agrees marked."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, Max
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language_info, pgettext
from django.utils.translation import gettext as _

from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.matching.likeness import Level
from ambidesk.parties.people.models import Identity, IdentityKind, Person, Resemblance
from ambidesk.support.tickets.models import Ticket

LATEST = 3
NAMES = ("given", "surname", "middle")
KINDS = {
    IdentityKind.EMAIL: "email",
    IdentityKind.PHONE: "phone",
    IdentityKind.MESSENGER: "handle",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One of the two, with whoever is one with them already."""

    person: Person
    identities: tuple[Identity, ...]
    tickets: tuple[Ticket, ...]
    number: int
    last_on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One line of the comparison; `mark` is same, like, different or nothing."""

    label: str
    one: tuple[str, ...]
    other: tuple[str, ...]
    mark: str = ""


def side_of(person: Person, actor: Actor) -> Side:
    """Read one side, as far as the actor sees it."""
    tickets = Ticket.objects.visible_to(actor).filter(requester__whole=person.whole)
    facts = tickets.aggregate(last=Max("last_at"), number=Count("pk"))
    identities = Identity.objects.visible_to(actor).filter(
        person__whole=person.whole, erased_at=None
    )
    last = facts["last"]
    return Side(
        person=person,
        identities=tuple(identities.order_by("pk")),
        tickets=tuple(tickets.latest_first()[:LATEST]),
        number=facts["number"],
        last_on=date_format(localtime(last), "DATE_FORMAT") if last else "",
    )


def facts_of(row: Resemblance, *, one: Side, other: Side) -> Iterator[Fact]:
    """Lay what is known of both beside each other; what neither has is left out."""
    reasons = {name: Level(level) for name, level in row.reasons.items()}
    names = [reasons[name] for name in NAMES if name in reasons]
    yield Fact(
        label=pgettext("person", "Name"),
        one=(one.person.name or _("Nameless"),),
        other=(other.person.name or _("Nameless"),),
        mark=_mark(min(names)) if names else "",
    )
    for kind, aspect in KINDS.items():
        first, second = _values(one, kind), _values(other, kind)
        if first or second:
            level = reasons.get(aspect)
            yield Fact(
                label=str(kind.label), one=first, other=second, mark=_mark(level) if level else ""
            )
    yield from _rest(one, other)


def _rest(one: Side, other: Side) -> Iterator[Fact]:
    languages = (one.person.language, other.person.language)
    if any(languages):
        same = "same" if languages[0] == languages[1] else ""
        first, second = map(_language, languages)
        yield Fact(label=_("Language"), one=_one(first), other=_one(second), mark=same)
    yield Fact(label=_("Known since"), one=_one(_day(one.person)), other=_one(_day(other.person)))
    yield Fact(label=_("Last word"), one=_one(one.last_on), other=_one(other.last_on))
    if one.person.remark or other.person.remark:
        yield Fact(label=_("Remark"), one=_one(one.person.remark), other=_one(other.person.remark))


def _language(code: str) -> str:
    try:
        return str(get_language_info(code)["name_translated"]).capitalize()
    except KeyError:
        return code


def _mark(level: Level) -> str:
    if level >= Level.ALIKE:
        return "same"
    return "like" if level is Level.LIKE else "different"


def _values(side: Side, kind: IdentityKind) -> tuple[str, ...]:
    rows = [each for each in side.identities if each.kind == kind]
    return tuple(each.value if kind != IdentityKind.MESSENGER else _account(each) for each in rows)


def _account(identity: Identity) -> str:
    network = identity.value.partition(":")[0].title()
    return f"{network}: {identity.display or identity.name or identity.value}"


def _one(value: str) -> tuple[str, ...]:
    return (value,) if value else ()


def _day(person: Person) -> str:
    return date_format(localtime(person.first_at), "DATE_FORMAT")
