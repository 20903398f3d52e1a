"""The caller: found while somebody types, and shown with what they asked before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import render

from ambidesk.edge.web.ui.requests import Request
from ambidesk.ground.kernel.days import day_of
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.companies.models import Company, Contact
from ambidesk.parties.people.models import Identity, IdentityKind, Person
from ambidesk.parties.people.normalising import NotAnAddress, normal
from ambidesk.support.tickets.models import Ticket

SUGGESTED = 8
SHOWN = 5
SHORTEST = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownCaller:
    """Somebody the desk knows, the companies they speak for, and their latest tickets."""

    person: Person
    identities: tuple[Identity, ...]
    companies: tuple[Company, ...]
    tickets: tuple[Ticket, ...]

    @property
    def company(self) -> Company | None:
        """The one that they ask for unless somebody says otherwise."""
        return only_of(self.companies)


def suggest(request: Request) -> HttpResponse:
    """Suggest persons by a part of their name, address or number."""
    typed = request.GET.get("q", "").strip()[:100]
    found = list(_alike(typed, request.actor)[:SUGGESTED])
    return render(request, "opening/callers.html", {"identities": found})


def persons(request: Request) -> HttpResponse:
    """Suggest persons for a field that names one; who was joined stands there once."""
    typed = request.GET.get("q", "").partition("#")[0].strip()[:100]
    found: dict[int, Identity] = {}
    for each in _alike(typed, request.actor)[: SUGGESTED * 3]:
        found.setdefault(each.person.whole, each)
    identities = list(found.values())[:SUGGESTED]
    return render(request, "opening/persons.html", {"identities": identities})


def show(request: Request) -> HttpResponse:
    """Show who stands behind an address."""
    typed = request.GET.get("address", "")
    caller = read_caller(typed, actor=request.actor, at=request.at)
    chosen = caller.company.pk if caller and caller.company else None
    told = {"caller": caller, "typed": typed, "chosen": chosen}
    return render(request, "opening/caller.html", told)


def read_caller(address: str, *, actor: Actor, at: datetime) -> KnownCaller | None:
    """Read who is behind an address, and what stands beside them, as far as the actor sees it."""
    person = person_at(address, actor=actor)
    if person is None:
        return None
    tickets = Ticket.objects.visible_to(actor).filter(requester__whole=person.whole)
    theirs = Identity.objects.visible_to(actor).filter(person__whole=person.whole, erased_at=None)
    return KnownCaller(
        person=person,
        identities=tuple(theirs),
        companies=companies_of(person, actor=actor, at=at),
        tickets=tuple(tickets.latest_first()[:SHOWN]),
    )


def person_at(address: str, *, actor: Actor) -> Person | None:
    """Find the person behind an address, as far as the actor sees them."""
    kind = IdentityKind.EMAIL if "@" in address else IdentityKind.PHONE
    try:
        value = normal(kind, address)
    except NotAnAddress:
        return None
    rows = Identity.objects.visible_to(actor).of(kind, [value]).select_related("person__head")
    found = rows.order_by("pk").first()
    return found.person if found else None


def companies_of(person: Person, *, actor: Actor, at: datetime) -> tuple[Company, ...]:
    """Read for which companies somebody speaks, as far as the actor sees them."""
    posts = Contact.objects.visible_to(actor).on(day_of(at)).filter(person__whole=person.whole)
    seen = Company.objects.visible_to(actor).served().filter(pk__in=posts.values("company"))
    return tuple(seen.order_by("name", "pk")[:SHOWN])


def only_of(companies: Sequence[Company]) -> Company | None:
    """The company that somebody asks for where there is but one."""
    return companies[0] if len(companies) == 1 else None


def _alike(typed: str, actor: Actor) -> QuerySet[Identity]:
    rows = Identity.objects.visible_to(actor)
    if len(typed) < SHORTEST:
        return rows.none()
    found = rows.filter(_like(typed), erased_at=None)
    return found.select_related("person__head").order_by("person__name", "pk")


def _like(typed: str) -> Q:
    like = Q(person__name__icontains=typed) | Q(value__icontains=typed.lower())
    digits = "".join(sign for sign in typed if sign.isdecimal())
    return like | Q(value__contains=digits) if len(digits) >= SHORTEST + 1 else like
