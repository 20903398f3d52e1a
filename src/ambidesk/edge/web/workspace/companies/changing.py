"""What is changed on companies, their legal entities, sites and contacts, a form each."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ambidesk.edge.web.ui.pages import back_to
from ambidesk.edge.web.ui.requests import Request
from ambidesk.edge.web.workspace.companies import forms as own
from ambidesk.edge.web.workspace.companies.company import visible_company
from ambidesk.edge.web.workspace.companies.entitling import visible_contact
from ambidesk.edge.web.workspace.companies.site import visible_site
from ambidesk.ground.kernel.days import day_of
from ambidesk.ground.kernel.refusal import InvalidInput, Refusal
from ambidesk.parties.authority.ending import change_contact
from ambidesk.parties.companies.appointing import appoint, note_birthday
from ambidesk.parties.companies.incorporating import Requisites, enter_entity
from ambidesk.parties.companies.models import Company, LegalEntity
from ambidesk.parties.companies.registering import (
    Place,
    Profile,
    change_site,
    open_site,
    register,
)
from ambidesk.parties.people.meeting import Caller, meet
from ambidesk.parties.people.models import IdentityKind
from ambidesk.parties.people.normalising import normal

Act = Callable[[Mapping[str, Any]], HttpResponse]
Words = str | Promise


@dataclass(frozen=True, slots=True, kw_only=True)
class FormPage:
    """One form, and where its Cancel leads."""

    title: Words
    form: forms.Form
    back: str
    back_words: Words


def profile(request: Request, company: int = 0) -> HttpResponse:
    """Enter a company, or change it."""
    row = visible_company(request.actor, company) if company else None
    known = (
        {
            "name": row.name,
            "parent": row.parent or "",
            "industry": row.industry,
            "remark": row.remark,
        }
        if row
        else {}
    )

    def act(given: Mapping[str, Any]) -> HttpResponse:
        saved = register(row, Profile(**given), by=request.actor, at=request.at)
        return back_to("company", saved.pk)

    form = own.ProfileForm(request.POST or None, actor=request.actor, initial=known)
    title = row.name if row else _("New company")
    return answered(request, form, act, title=title, company=row)


def new_entity(request: Request, company: int) -> HttpResponse:
    """Enter a legal entity."""
    return _entity(request, visible_company(request.actor, company), None)


def entity(request: Request, entity: int) -> HttpResponse:
    """Change a legal entity."""
    seen = Company.objects.visible_to(request.actor)
    rows = LegalEntity.objects.filter(company__in=seen).select_related("company")
    row = rows.filter(pk=entity).first()
    if row is None:
        raise Http404
    return _entity(request, row.company, row)


def new_site(request: Request, company: int) -> HttpResponse:
    """Enter a site."""
    row = visible_company(request.actor, company)

    def act(given: Mapping[str, Any]) -> HttpResponse:
        site = open_site(row, Place(**given), by=request.actor, at=request.at)
        return back_to("site", site.pk)

    form = own.SiteForm(request.POST or None, company=row)
    return answered(request, form, act, title=_("New site"), company=row)


def place(request: Request, site: int) -> HttpResponse:
    """Change a site."""
    row = visible_site(request.actor, site)
    known = {each.name: getattr(row, each.name) for each in fields(Place)}

    def act(given: Mapping[str, Any]) -> HttpResponse:
        change_site(row, Place(**given), by=request.actor, at=request.at)
        return back_to("site", row.pk)

    initial = {**known, "territory": row.territory_id or ""}
    form = own.SiteForm(request.POST or None, company=row.company, initial=initial)
    return answered(request, form, act, title=row.name, company=row.company)


def new_contact(request: Request, company: int) -> HttpResponse:
    """Let somebody speak for the company: known by an address, or met by it now."""
    row = visible_company(request.actor, company)

    def act(given: Mapping[str, Any]) -> HttpResponse:
        kind = IdentityKind.EMAIL if "@" in given["address"] else IdentityKind.PHONE
        caller = Caller(kind=kind, value=_address(kind, given["address"]), name=given["name"])
        identity = meet(caller, by=request.actor, at=request.at)
        appoint(
            row,
            identity.person,
            since=given["since"],
            post=given["post"],
            department=given["department"],
            by=request.actor,
            at=request.at,
        )
        return back_to("company", row.pk)

    form = own.NewContactForm(
        request.POST or None, company=row, initial={"since": day_of(request.at)}
    )
    return answered(request, form, act, title=_("New contact"), company=row)


def contact(request: Request, contact: int) -> HttpResponse:
    """Change what somebody speaks as, or end it."""
    row = visible_contact(request, contact)

    def act(given: Mapping[str, Any]) -> HttpResponse:
        change_contact(
            row,
            post=given["post"],
            department=given["department"],
            until=given["until"],
            by=request.actor,
            at=request.at,
        )
        if given["birthday"] != row.birthday:
            note_birthday(row, given["birthday"], by=request.actor, at=request.at)
        return back_to("company", row.company_id)

    known = {
        "post": row.post,
        "department": row.department_id or "",
        "birthday": row.birthday,
        "until": row.until_on,
    }
    form = own.EndingForm(request.POST or None, company=row.company, initial=known)
    return answered(
        request, form, act, title=row.person.called or _("Nameless"), company=row.company
    )


def _entity(request: Request, company: Company, row: LegalEntity | None) -> HttpResponse:
    names = [each.name for each in fields(Requisites)]

    def act(given: Mapping[str, Any]) -> HttpResponse:
        enter_entity(company, Requisites(**given), known=row, by=request.actor, at=request.at)
        return back_to("company", company.pk)

    known = {name: getattr(row, name) for name in names} if row else {"country": "RU"}
    form = own.EntityForm(request.POST or None, initial=known)
    return answered(
        request, form, act, title=row.name if row else _("Legal entity"), company=company
    )


def _address(kind: IdentityKind, given: str) -> str:
    try:
        return normal(kind, given)
    except InvalidInput as wrong:
        raise type(wrong)(field="address", **wrong.facts) from wrong


def answered(
    request: Request, form: forms.Form, act: Act, *, title: Words, company: Company | None
) -> HttpResponse:
    """Show the form, or do what it asks; what is refused stands beside its field."""
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                return act(form.cleaned_data)
            except Refusal as refused:
                known = refused.field if refused.field in form.fields else None
                form.add_error(known, str(refused))
    page = FormPage(
        title=title,
        form=form,
        back=reverse("company", args=[company.pk]) if company else reverse("companies"),
        back_words=company.name if company else _("Companies"),
    )
    return render(request, "companies/form.html", {"page": page}, status=status)
