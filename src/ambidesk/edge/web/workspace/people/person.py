"""The screen of a person: addresses, tickets, and what erases them."""

from collections.abc import Iterator
from dataclasses import dataclass

from django import forms
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from ambidesk.across.privacy.erasing import erase
from ambidesk.edge.web.ui.pages import back_to
from ambidesk.edge.web.ui.requests import Request
from ambidesk.edge.web.workspace.people.consents import ConsentsOf, consents_of
from ambidesk.edge.web.workspace.people.household import HouseholdView, read_household
from ambidesk.edge.web.workspace.people.likenesses import Proposal, seen
from ambidesk.ground.reach.actor import Actor
from ambidesk.ground.reach.rights import ReachRight
from ambidesk.parties.people.describing import describe
from ambidesk.parties.people.models import Identity, Join, Person
from ambidesk.parties.people.parting import joins_of
from ambidesk.parties.people.rights import PeopleRight
from ambidesk.relation.feedback.refusing import refused_by
from ambidesk.relation.feedback.results import Result, results_of
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.tickets.rights import TicketRight

SHOWN = 50
FEW = 3


class Description(forms.Form):
    """What the desk knows of a person."""

    name = forms.CharField(label=pgettext_lazy("person", "Name"), max_length=200, required=False)
    remark = forms.CharField(
        label=gettext_lazy("Remark"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
        required=False,
        help_text=gettext_lazy("Only colleagues read it."),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonPage:
    """One person as the screen shows them."""

    person: Person
    identities: tuple[Identity, ...]
    tickets: tuple[Ticket, ...]
    results: tuple[Result, ...]
    refused_by: str
    joins: tuple[Join, ...]
    proposals: tuple[Proposal, ...]
    can_join: bool
    consents: ConsentsOf
    form: Description
    can_describe: bool
    can_export: bool
    can_erase: bool
    can_open: bool
    household: HouseholdView | None


def show(request: Request, person: int) -> HttpResponse:
    """Show the person; whoever is one with another is shown at the first of them."""
    found = _visible(request.actor, person)
    seen_persons = Person.objects.visible_to(request.actor)
    if found.head_id and seen_persons.filter(pk=found.head_id).exists():
        return back_to("person", found.head_id)
    form = Description(initial={"name": found.name, "remark": found.remark})
    return render(request, "people/person.html", {"page": _page(request.actor, found, form)})


def change(request: Request, person: int) -> HttpResponse:
    """Set name and remark."""
    found = _visible(request.actor, person)
    if not request.actor.may(PeopleRight.DESCRIBE):
        raise Http404
    form = Description(request.POST)
    if not form.is_valid():
        page = _page(request.actor, found, form)
        return render(request, "people/person.html", {"page": page}, status=422)
    describe(found, **form.cleaned_data, by=request.actor, at=request.at)
    return back_to("person", person)


def forget(request: Request, person: int) -> HttpResponse:
    """Erase the person, once the form says their number."""
    found = _visible(request.actor, person)
    if request.POST.get("sure") != str(person):
        page = _page(request.actor, found, Description(initial={"name": found.name}))
        context = {"page": page, "unsure": _("Type the number of the person to erase them.")}
        return render(request, "people/person.html", context, status=422)
    erase(found, by=request.actor, at=request.at)
    return back_to("person", person)


def _may_erase(actor: Actor) -> bool:
    """A person speaks with all brands."""
    return actor.may(PeopleRight.ERASE) and actor.may(ReachRight.SEE_EVERYTHING)


def _page(actor: Actor, person: Person, form: Description) -> PersonPage:
    asked = Ticket.objects.visible_to(actor)
    tickets = asked.filter(requester__whole=person.whole).select_related("brand")
    identities = Identity.objects.visible_to(actor).filter(person__whole=person.whole)
    joins = joins_of(person)
    can_join = actor.may(PeopleRight.JOIN) and not person.erased_at
    return PersonPage(
        person=person,
        identities=tuple(identities.filter(erased_at=None).order_by("pk")),
        tickets=tuple(tickets.latest_first()[:SHOWN]),
        results=tuple(results_of(person, among=asked)),
        refused_by=", ".join(refused_by(person, among=asked)),
        joins=tuple(joins),
        proposals=tuple(_proposals(person, actor)) if can_join else (),
        can_join=can_join,
        consents=consents_of(actor, person),
        form=form,
        can_describe=actor.may(PeopleRight.DESCRIBE) and not person.erased_at,
        can_export=actor.may(PeopleRight.EXPORT) and not person.erased_at,
        can_erase=_may_erase(actor) and not person.erased_at,
        can_open=actor.may(TicketRight.WORK) and not person.erased_at,
        household=read_household(person, actor),
    )


def _proposals(person: Person, actor: Actor) -> Iterator[Proposal]:
    """Say who may be the same as they are."""
    rows = seen(actor).waiting()
    theirs = rows.filter(Q(one__whole=person.whole) | Q(other__whole=person.whole))
    for row in theirs.select_related("one__head", "other__head").order_by("-score", "pk")[:FEW]:
        yield Proposal.of(row)


def _visible(actor: Actor, person: int) -> Person:
    found = Person.objects.visible_to(actor).filter(pk=person).first()
    if found is None:
        raise Http404
    return found
