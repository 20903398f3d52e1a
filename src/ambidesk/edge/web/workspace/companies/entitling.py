"""What a contact of a company may: given, changed and ended by the desk, which invites them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from ambidesk.edge.web.ui.granting import GrantForm, Offer, grant_form, terms_of
from ambidesk.edge.web.ui.pages import back_to
from ambidesk.edge.web.ui.requests import Request
from ambidesk.edge.web.workspace.companies.cards import said_on
from ambidesk.ground.kernel.refusal import InvalidInput, Refusal
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.authority import granting, inviting, sharing
from ambidesk.parties.authority.models import Account, Authority, SharedLogin
from ambidesk.parties.authority.rules.scope import ScopeKind
from ambidesk.parties.authority.saying import Said, said_of
from ambidesk.parties.companies.models import CardOf, Contact, Department, Site, Territory
from ambidesk.parties.people.models import Identity, IdentityKind


@dataclass(frozen=True, slots=True, kw_only=True)
class EntitledPage:
    """A contact with all that holds, what held, and whether they come in."""

    contact: Contact
    name: str
    said: tuple[Said, ...]
    past: tuple[Said, ...]
    address: str
    own: tuple[tuple[str, str], ...]
    can_enter: bool
    is_shared: bool
    department: str


def show(request: Request, contact: int) -> HttpResponse:
    """Show what a contact may."""
    row = visible_contact(request, contact)
    known = Authority.objects.filter(contact=row).with_scope().select_related("department")
    ended = known.filter(until__lte=request.at)
    account = Account.objects.filter(person=row.person_id).select_related("user").first()
    own = Identity.objects.visible_to(request.actor).filter(
        person=row.person_id, kind=IdentityKind.EMAIL, shared=False, erased_at=None
    )
    page = EntitledPage(
        contact=row,
        name=row.person.called or _("Nameless"),
        said=tuple(said_of(each) for each in known.exclude(pk__in=ended).order_by("pk")),
        past=tuple(said_of(each) for each in ended.order_by("-until")[:10]),
        address=account.user.email
        if account
        else own.values_list("value", flat=True).first() or "",
        own=said_on(row, CardOf.CONTACT),
        is_shared=SharedLogin.objects.filter(contact=row).exists(),
        department=row.department.name if row.department else "",
        can_enter=bool(account and account.user.is_active and account.user.has_usable_password()),
    )
    return render(request, "companies/entitled.html", {"page": page})


def ask(request: Request, contact: int) -> HttpResponse:
    """Show the form of a new authority."""
    row = visible_contact(request, contact)
    return _form(request, row, _form_of(request.actor, row))


def grant(request: Request, contact: int) -> HttpResponse:
    """Let a contact do something."""
    row = visible_contact(request, contact)
    form = _form_of(request.actor, row, data=request.POST)
    if form.is_valid():
        try:
            granting.grant_authority(row, terms_of(form), by=request.actor, at=request.at)
        except Refusal as refused:
            _say(form, refused)
        else:
            return _to(request, row, _("From now on they may."))
    return _form(request, row, form, status=422)


def look(request: Request, authority: int) -> HttpResponse:
    """Show an authority in its form."""
    row = _visible(request, authority, at=request.at)
    return _form(request, row.contact, _form_of(request.actor, row.contact, known=row), known=row)


def change(request: Request, authority: int) -> HttpResponse:
    """Make an authority another one."""
    row = _visible(request, authority, at=request.at)
    form = _form_of(request.actor, row.contact, data=request.POST, known=row)
    if form.is_valid():
        try:
            granting.change_authority(row, terms_of(form), by=request.actor, at=request.at)
        except Refusal as refused:
            _say(form, refused)
        else:
            return _to(request, row.contact, _("It holds from now on."))
    return _form(request, row.contact, form, known=row, status=422)


def withdraw(request: Request, authority: int) -> HttpResponse:
    """End an authority."""
    row = _visible(request, authority, at=request.at)
    granting.withdraw_authority(row, by=request.actor, at=request.at)
    return _to(request, row.contact, _("It ended; what they had open is closed."))


def invite(request: Request, contact: int) -> HttpResponse:
    """Send the contact a link by which they choose a password."""
    row = visible_contact(request, contact)
    try:
        address = inviting.invite_by_mail(row, by=request.actor, at=request.at)
    except Refusal as refused:
        return _to(request, row, str(refused))
    return _to(request, row, _("A link is on its way to %(address)s.") % {"address": address})


def share(request: Request, contact: int) -> HttpResponse:
    """Say that the login is the department's, or one person's again."""
    row = visible_contact(request, contact)
    try:
        if request.POST.get("shared") == "1":
            sharing.share_login(row, by=request.actor, at=request.at)
            words = _("Whoever signs in says who is speaking.")
        else:
            sharing.unshare_login(row, by=request.actor, at=request.at)
            words = _("It is the login of one person.")
    except Refusal as refused:
        words = str(refused)
    return _to(request, row, words)


def visible_contact(request: Request, number: int) -> Contact:
    """
    Fetch a contact that the actor sees.

    Raises:
        Http404: there is none.
    """
    rows = Contact.objects.visible_to(request.actor).select_related(
        "company", "department", "person__head"
    )
    row = rows.filter(pk=number, person__erased_at=None).first()
    if row is None:
        raise Http404
    return row


def _visible(request: Request, number: int, *, at: datetime) -> Authority:
    seen = Contact.objects.visible_to(request.actor).filter(person__erased_at=None)
    rows = Authority.objects.filter(contact__in=seen).exclude(until__lte=at)
    row = rows.select_related("contact__company", "contact__person__head").filter(pk=number).first()
    if row is None:
        raise Http404
    return row


def _form_of(
    actor: Actor, row: Contact, *, data: Any = None, known: Authority | None = None
) -> GrantForm:
    company = row.company_id
    offer = Offer(
        scopes=tuple(ScopeKind),
        sites=Site.objects.visible_to(actor).served().filter(company=company).order_by("name"),
        territories=Territory.objects.visible_to(actor).filter(company=company).order_by("name"),
        departments=Department.objects.filter(company=company),
        asks_since=True,
    )
    return grant_form(offer, data=data, known=known)


def _say(form: GrantForm, refused: Refusal) -> None:
    field = refused.field if isinstance(refused, InvalidInput) else None
    form.add_error(field if field in form.fields else None, str(refused))


def _form(
    request: Request,
    contact: Contact,
    form: GrantForm,
    *,
    known: Authority | None = None,
    status: int = 200,
) -> HttpResponse:
    page = {"contact": contact, "form": form, "known": known}
    return render(request, "companies/authority.html", page, status=status)


def _to(request: Request, contact: Contact, words: str) -> HttpResponse:
    messages.info(request, words)
    return back_to("contact-authorities", contact.pk)
