"""Own fields: what the installation asks besides of companies, sites and contacts."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import get_current_timezone

from ambidesk.edge.web.ui.pages import back_to
from ambidesk.edge.web.ui.questions import SectionView, given_of, read_given, sections_of
from ambidesk.edge.web.ui.requests import Request
from ambidesk.edge.web.workspace.companies.company import visible_company
from ambidesk.edge.web.workspace.companies.entitling import visible_contact
from ambidesk.edge.web.workspace.companies.site import visible_site
from ambidesk.ground.fields.filling import answers_of, as_custom
from ambidesk.parties.companies.describing import Described, card_to_fill, fill_card
from ambidesk.parties.companies.models import CardOf


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPage:
    """The questions of a card, and where they lead back."""

    title: str
    sections: tuple[SectionView, ...]
    back: str


def of_company(request: Request, company: int) -> HttpResponse:
    """Show and say what is asked of a company."""
    row = visible_company(request.actor, company)
    return _answered(request, row, CardOf.COMPANY, title=row.name, back=("company", row.pk))


def of_site(request: Request, site: int) -> HttpResponse:
    """Show and say what is asked of a site."""
    row = visible_site(request.actor, site)
    return _answered(request, row, CardOf.SITE, title=row.name, back=("site", row.pk))


def of_contact(request: Request, contact: int) -> HttpResponse:
    """Show and say what is asked of a contact."""
    row = visible_contact(request, contact)
    back = ("contact-authorities", row.pk)
    return _answered(request, row, CardOf.CONTACT, title=row.person.called, back=back)


def _answered(
    request: Request, row: Described, of: CardOf, *, title: str, back: tuple[str, int]
) -> HttpResponse:
    form, zone = card_to_fill(of), get_current_timezone()
    typed = given_of(answers_of(row.custom, form), form, zone=zone)
    errors, status = dict[str, str](), 200
    if request.method == "POST":
        read = read_given(form, request.POST, zone=zone, at=request.at)
        if not read.errors:
            custom = as_custom(row.custom, form, answers=read.answers)
            fill_card(row, custom, by=request.actor, at=request.at)
            return back_to(*back)
        typed, errors, status = request.POST, dict(read.errors), 422
    page = OwnPage(
        title=title,
        sections=sections_of(form, typed, errors=errors, at=request.at, zone=zone),
        back=reverse(back[0], args=back[1:]),
    )
    return render(request, "companies/own.html", {"page": page}, status=status)
