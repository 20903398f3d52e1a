"""The household of a person: who lives with them, put together by hand."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ambidesk.edge.web.ui.pages import back_to
from ambidesk.edge.web.ui.requests import Request
from ambidesk.ground.kernel.refusal import InvalidInput, Refusal
from ambidesk.ground.kernel.texts import one_line
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.people.housing import (
    NoHousehold,
    house,
    household_of,
    housemates_of,
    move_out,
    rename_household,
)
from ambidesk.parties.people.models import Household, Identity, IdentityKind, Person
from ambidesk.parties.people.normalising import NotAnAddress, normal
from ambidesk.parties.people.rights import PeopleRight


class NobodyFound(InvalidInput):
    """Nobody is known by what was typed."""

    sentence = gettext_lazy("Nobody here has this address, telephone or number.")


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdView:
    """How it is called, the others as far as the reader sees them, and what several share."""

    name: str
    others: tuple[Person, ...]
    shared: tuple[str, ...]


def read_household(person: Person, actor: Actor) -> HouseholdView | None:
    """Read the household of a person."""
    found = household_of(person)
    if found is None:
        return None
    seen = Person.objects.visible_to(actor).values("pk")
    return HouseholdView(
        name=found.name,
        others=tuple(housemates_of(person).filter(pk__in=seen)),
        shared=_shared(found, actor),
    )


def save(request: Request, person: int) -> HttpResponse:
    """Put somebody into it, or call it otherwise."""
    row = _person(request, person)
    name = one_line(request.POST.get("name", ""), 120)
    who = request.POST.get("who", "").strip()[:320]
    try:
        if who:
            other = _found(request.actor, who)
            house(row, other, name=name, by=request.actor, at=request.at)
            words = _("They are one household; each stays a person of their own.")
        else:
            known = household_of(row)
            if known is None:
                raise NoHousehold
            rename_household(known, name=name, by=request.actor, at=request.at)
            words = _("Saved")
    except Refusal as refused:
        words = str(refused)
    messages.info(request, words)
    return back_to("person", person)


def leave(request: Request, person: int) -> HttpResponse:
    """Take the person out of their household; `back` names the person whose page it was."""
    row = _person(request, person)
    move_out(row, by=request.actor, at=request.at)
    messages.info(request, _("Taken out of the household"))
    back = request.POST.get("back", "")
    return back_to("person", int(back) if back.isdecimal() and len(back) < 18 else person)


def _person(request: Request, person: int) -> Person:
    row = Person.objects.visible_to(request.actor).filter(pk=person).first()
    if row is None or not request.actor.may(PeopleRight.DESCRIBE):
        raise Http404
    return row


def _found(actor: Actor, typed: str) -> Person:
    """Whom an address, a telephone or a number means; who is out of sight is not there."""
    seen = Person.objects.visible_to(actor).known()
    if typed.lstrip("#").isdecimal() and len(typed) < 12 and typed.startswith("#"):
        found = seen.filter(pk=int(typed.lstrip("#"))).first()
    else:
        known = Identity.objects.visible_to(actor).filter(erased_at=None)
        owners = [known.of(kind, [value]).values("person") for kind, value in _meant(typed)]
        found = None
        for each in owners:
            found = found or seen.filter(pk__in=each).order_by("pk").first()
    if found is None:
        raise NobodyFound(field="who")
    return found


def _meant(typed: str) -> list[tuple[IdentityKind, str]]:
    meant = []
    for kind in (IdentityKind.EMAIL, IdentityKind.PHONE):
        try:
            meant.append((kind, normal(kind, typed)))
        except NotAnAddress:
            continue
    return meant


def _shared(household: Household, actor: Actor) -> tuple[str, ...]:
    """Addresses that somebody of it writes from and others do as well."""
    rows = Identity.objects.visible_to(actor).filter(
        person__housemate__household=household, shared=True, erased_at=None
    )
    return tuple(sorted(set(rows.values_list("value", flat=True))))
