"""Colleagues: who of the company may do what; whoever manages them gives and takes it here."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from ambidesk.edge.web.portal.granting import form_for
from ambidesk.edge.web.ui.granting import GrantForm, terms_of
from ambidesk.edge.web.ui.pages import back_to
from ambidesk.edge.web.ui.requests import Request
from ambidesk.ground.kernel.refusal import InvalidInput, Refusal
from ambidesk.ground.reach.models import User
from ambidesk.ground.reach.wall import beyond
from ambidesk.parties.authority import granting, inviting
from ambidesk.parties.authority.managing import managed
from ambidesk.parties.authority.models import Account, Authority
from ambidesk.parties.authority.saying import Said, said_of
from ambidesk.parties.companies.models import Contact

MOST = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Colleague:
    """A contact in the list, and what they may in one sentence each."""

    id: int
    name: str
    post: str
    company: str
    said: tuple[Said, ...]
    can_enter: bool
    can_be_invited: bool


def show(request: Request) -> HttpResponse:
    """List the colleagues whom the contact manages."""
    rows = list(managed(request.actor, at=request.at)[:MOST])
    people = _colleagues(rows, request)
    return render(request, "portal/colleagues.html", {"people": people})


def one(request: Request, contact: int) -> HttpResponse:
    """Show what a colleague may."""
    row = _managed(request, contact)
    return render(request, "portal/colleague.html", {"person": _colleague(row, request)})


def invite(request: Request, contact: int) -> HttpResponse:
    """Have the link by which a colleague comes in sent to them; nobody else reads it."""
    row = _managed(request, contact)
    with beyond():
        address = inviting.invite_by_mail(row, by=request.actor, at=request.at)
    words = _("A link is on its way to %(address)s.") % {"address": address}
    return _to(request, contact, words)


def ask(request: Request, contact: int) -> HttpResponse:
    """Show the form of a new authority."""
    row = _managed(request, contact)
    return _form(request, row, form_for(request.actor, row, at=request.at))


def grant(request: Request, contact: int) -> HttpResponse:
    """Let a colleague do something."""
    row = _managed(request, contact)
    form = form_for(request.actor, row, at=request.at, data=request.POST)
    if form.is_valid():
        try:
            with beyond():
                granting.grant_authority(row, terms_of(form), by=request.actor, at=request.at)
        except InvalidInput as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        except Refusal as refused:
            form.add_error(None, str(refused))
        else:
            return _to(request, contact, _("From now on they may."))
    return _form(request, row, form, status=422)


def look(request: Request, authority: int) -> HttpResponse:
    """Show an authority in its form."""
    row = _authority(request, authority)
    form = form_for(request.actor, row.contact, at=request.at, known=row)
    return _form(request, row.contact, form, known=row)


def change(request: Request, authority: int) -> HttpResponse:
    """Make an authority another one."""
    row = _authority(request, authority)
    form = form_for(request.actor, row.contact, at=request.at, data=request.POST)
    if form.is_valid():
        try:
            with beyond():
                granting.change_authority(row, terms_of(form), by=request.actor, at=request.at)
        except InvalidInput as refused:
            form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        except Refusal as refused:
            form.add_error(None, str(refused))
        else:
            return _to(request, row.contact_id, _("It holds from now on."))
    return _form(request, row.contact, form, known=row, status=422)


def withdraw(request: Request, authority: int) -> HttpResponse:
    """End an authority."""
    row = _authority(request, authority)
    with beyond():
        granting.withdraw_authority(row, by=request.actor, at=request.at)
    return _to(request, row.contact_id, _("It ended; what they had open is closed."))


def _form(
    request: Request,
    contact: Contact,
    form: GrantForm,
    *,
    known: Authority | None = None,
    status: int = 200,
) -> HttpResponse:
    page = {"contact": contact, "form": form, "known": known}
    return render(request, "portal/authority.html", page, status=status)


def _colleague(row: Contact, request: Request) -> Colleague:
    return _colleagues([row], request)[0]


def _colleagues(rows: Sequence[Contact], request: Request) -> list[Colleague]:
    """As many questions for one as for all."""
    said: dict[int, list[Said]] = {}
    held = Authority.objects.standing(request.at).filter(contact__in=rows).with_scope()
    for each in held.select_related("department").order_by("pk"):
        said.setdefault(each.contact_id, []).append(said_of(each))
    persons = [row.person_id for row in rows]
    accounts = Account.objects.filter(person__in=persons).select_related("user")
    users = {each.person_id: each.user for each in accounts}
    return [_said_of(row, said.get(row.pk, ()), users.get(row.person_id)) for row in rows]


def _said_of(row: Contact, said: Sequence[Said], user: User | None) -> Colleague:
    return Colleague(
        id=row.pk,
        name=row.person.called,
        post=row.post,
        company=row.company.name,
        said=tuple(said),
        can_enter=user is not None and user.is_active,
        can_be_invited=user is None or inviting.is_unused(user),
    )


def _managed(request: Request, number: int) -> Contact:
    found = managed(request.actor, at=request.at).filter(pk=number).first()
    if found is None:
        raise Http404
    return found


def _authority(request: Request, number: int) -> Authority:
    rows = Authority.objects.standing(request.at).with_scope()
    seen = managed(request.actor, at=request.at)
    found = rows.filter(pk=number, contact__in=seen).first()
    if found is None:
        raise Http404
    return found


def _to(request: Request, contact: int, words: str) -> HttpResponse:
    messages.info(request, words)
    return back_to("portal-colleague", contact)
