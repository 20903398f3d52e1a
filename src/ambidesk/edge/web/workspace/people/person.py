"""The screen of a person: addresses, tickets, and what erases them."""

from dataclasses import dataclass

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from ambidesk.across.privacy.erasing import erase
from ambidesk.edge.web.ui.requests import Request
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.people.describing import describe
from ambidesk.parties.people.models import Identity, Person
from ambidesk.parties.people.rights import PeopleRight
from ambidesk.relation.feedback.refusing import refused_by
from ambidesk.relation.feedback.results import Result, results_of
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.tickets.rights import TicketRight

SHOWN = 50


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
    form: Description
    can_describe: bool
    can_erase: bool
    can_open: bool


def show(request: Request, person: int) -> HttpResponse:
    """Show the person."""
    found = _visible(request.actor, person)
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
    return _back(person)


def forget(request: Request, person: int) -> HttpResponse:
    """Erase the person, once the form says their number."""
    found = _visible(request.actor, person)
    if request.POST.get("sure") != str(person):
        page = _page(request.actor, found, Description(initial={"name": found.name}))
        context = {"page": page, "unsure": _("Type the number of the person to erase them.")}
        return render(request, "people/person.html", context, status=422)
    erase(found, by=request.actor, at=request.at)
    return _back(person)


def _page(actor: Actor, person: Person, form: Description) -> PersonPage:
    tickets = Ticket.objects.visible_to(actor).filter(requester=person).select_related("brand")
    return PersonPage(
        person=person,
        identities=tuple(person.identities.filter(erased_at=None).order_by("pk")),
        tickets=tuple(tickets.latest_first()[:SHOWN]),
        results=tuple(results_of(person, among=Ticket.objects.visible_to(actor))),
        refused_by=", ".join(refused_by(person, among=Ticket.objects.visible_to(actor))),
        form=form,
        can_describe=actor.may(PeopleRight.DESCRIBE) and not person.erased_at,
        can_erase=actor.may(PeopleRight.ERASE) and not person.erased_at,
        can_open=actor.may(TicketRight.WORK) and not person.erased_at,
    )


def _visible(actor: Actor, person: int) -> Person:
    found = Person.objects.visible_to(actor).filter(pk=person).first()
    if found is None:
        raise Http404
    return found


def _back(person: int) -> HttpResponse:
    response = HttpResponse(status=303)
    response["Location"] = reverse("person", args=[person])
    return response
