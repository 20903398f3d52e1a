"""A ticket by hand: for a caller or a visitor, in thirty seconds."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse, reverse_lazy
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ambidesk.edge.web.ui.pages import back_to
from ambidesk.edge.web.ui.questions import SectionView, read_given, sections_of
from ambidesk.edge.web.ui.requests import Request
from ambidesk.edge.web.workspace.opening.caller import KnownCaller, read_caller
from ambidesk.edge.web.workspace.opening.equipment import LONGEST, named
from ambidesk.ground.reach.actor import Actor
from ambidesk.ground.reach.rights import ReachRight
from ambidesk.parties.brands.models import Brand
from ambidesk.parties.companies.models import Company
from ambidesk.parties.people.meeting import Caller, meet
from ambidesk.parties.people.models import IdentityKind
from ambidesk.parties.people.normalising import NotAnAddress, normal
from ambidesk.parties.staff.models import Member
from ambidesk.service.assets.models import Asset
from ambidesk.service.catalogue.asking import form_of
from ambidesk.service.catalogue.models import Category, RequestType
from ambidesk.support.tickets.attributing import attribute
from ambidesk.support.tickets.equipping import ForeignAsset, equip
from ambidesk.support.tickets.filling import Answers, fill
from ambidesk.support.tickets.models import Priority, Ticket
from ambidesk.support.tickets.noting import note
from ambidesk.support.tickets.opening import Opening, open_ticket
from ambidesk.support.tickets.reach import served_brands


class NewTicket(forms.Form):
    """Who asks for what; an address or a phone number is enough to know them again."""

    # Who fills it in: they choose of what they see.
    actor: Actor

    address = forms.CharField(
        label=_("Who asks: e-mail, phone or name"),
        max_length=320,
        help_text=_("Whoever you know already is found while you type."),
        widget=forms.TextInput(
            attrs={
                "autofocus": True,
                "autocomplete": "off",
                "data-suggests": reverse_lazy("callers"),
            }
        ),
    )
    name = forms.CharField(label=pgettext_lazy("person", "Name"), max_length=200, required=False)
    company = forms.CharField(required=False, max_length=17)
    subject = forms.CharField(label=_("What is it about?"), max_length=300)
    asset = forms.CharField(
        label=_("Which equipment?"),
        max_length=LONGEST,
        required=False,
        help_text=_(
            "By serial number, model or place; where we know the caller, of their companies."
        ),
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "data-suggests": reverse_lazy("caller-equipment"),
                "data-suggests-with": "#id_address",
                "data-suggests-at-once": "",
            }
        ),
    )
    text = forms.CharField(
        label=_("What was said"),
        widget=forms.Textarea(attrs={"rows": 5}),
        required=False,
        max_length=20_000,
    )
    brand = forms.ModelChoiceField(Brand.objects.none(), label=_("Brand"), empty_label=None)
    category = forms.ModelChoiceField(
        Category.objects.filter(archived_at=None),
        label=_("Category"),
        required=False,
        empty_label=_("None"),
    )
    request_type = forms.ModelChoiceField(
        RequestType.objects.filter(archived_at=None),
        label=_("Type"),
        required=False,
        empty_label=_("None"),
    )
    priority = forms.TypedChoiceField(
        choices=Priority.choices, coerce=int, label=_("Priority"), initial=Priority.NORMAL
    )
    mine = forms.BooleanField(label=_("I take it"), required=False, initial=True)

    def clean_company(self) -> Company | None:
        """Find the company that was chosen; none for a private person."""
        key = str(self.cleaned_data["company"])
        rows = Company.objects.visible_to(self.actor).served()
        found = rows.filter(pk=int(key)).first() if key.isdecimal() else None
        if key and found is None:
            raise forms.ValidationError(_("Say once more for whom it is asked."))
        return found

    def clean_asset(self) -> Asset | None:
        """Find the equipment that was chosen."""
        words = str(self.cleaned_data["asset"]).strip()
        found = named(words, actor=self.actor) if words else None
        if words and found is None:
            raise forms.ValidationError(_("Choose the equipment from what is proposed."))
        return found

    def clean(self) -> dict[str, object]:
        """Tell an e-mail from a phone number and bring it to its one form."""
        values = super().clean() or {}
        address = str(values.get("address", ""))
        kind = IdentityKind.EMAIL if "@" in address else IdentityKind.PHONE
        if address:
            try:
                values["caller"] = Caller(
                    kind=kind,
                    value=normal(kind, address),
                    name=str(values.get("name", "")),
                    display=address,
                )
            except NotAnAddress:
                self.add_error("address", _("This is neither an e-mail nor a phone number."))
        return values


def ask(request: Request) -> HttpResponse:
    """Show the form, filled with what a call or a search already knows."""
    known = {key: request.GET.get(key, "") for key in ("address", "name", "subject")}
    return _shown(request, _form(request.actor, initial=known))


def questions(request: Request) -> HttpResponse:
    """Show what is asked for the chosen type."""
    form = _form(request.actor, initial={"request_type": request.GET.get("request_type")})
    return render(request, "ui/questions.html", _asked(_sections(request, form)))


def create(request: Request) -> HttpResponse:
    """Open the ticket and go to it."""
    form = _form(request.actor, data=request.POST)
    asked = form_of(_type(form))
    zone = get_current_timezone()
    reading = read_given(asked, request.POST, zone=zone, at=request.at)
    if not form.is_valid() or reading.errors:
        return _shown(request, form, status=422, errors=reading.errors)
    try:
        ticket = _opened(request, form.cleaned_data, reading.answers)
    except ForeignAsset as refused:
        form.add_error("asset", str(refused))
        return _shown(request, form, status=422)
    return back_to("ticket", ticket.number)


@transaction.atomic
def _opened(request: Request, values: Mapping[str, Any], answers: Answers) -> Ticket:
    """All of it, or nothing: whoever is refused half way finds no half of a ticket."""
    opening = Opening(
        brand=values["brand"],
        requester=meet(values["caller"], by=request.actor, at=request.at),
        subject=values["subject"],
        category=values["category"],
        request_type=values["request_type"],
        priority=Priority(values["priority"]),
        assignee=Member.objects.filter(user=request.user).first() if values["mine"] else None,
    )
    ticket = open_ticket(opening, by=request.actor, at=request.at)
    if values["company"]:
        ticket = attribute(ticket, company=values["company"], by=request.actor, at=request.at)
    if values.get("asset"):
        ticket = equip(ticket, values["asset"], by=request.actor, at=request.at)
    if answers:
        fill(ticket, answers=answers, by=request.actor, at=request.at)
    if values["text"].strip():
        note(ticket, text=values["text"], by=request.actor, at=request.at)
    return ticket


def _form(actor: Actor, **given: object) -> NewTicket:
    form = NewTicket(**given)  # type: ignore[arg-type]  # Django's own keywords
    form.actor = actor
    brands = Brand.objects.filter(archived_at=None)
    if not actor.may(ReachRight.SEE_EVERYTHING):
        brands = brands.filter(pk__in=served_brands(actor))
    form.fields["brand"].queryset = brands  # type: ignore[attr-defined]  # ModelChoiceField's own
    if not Asset.objects.visible_to(actor).exists():
        # A desk of consumers keeps no equipment, and is asked for none.
        del form.fields["asset"]
    return form


def _type(form: NewTicket) -> RequestType | None:
    key = str(form["request_type"].value() or "")
    return RequestType.objects.filter(pk=int(key)).first() if key.isdecimal() else None


def _sections(
    request: Request, form: NewTicket, errors: Mapping[str, str] | None = None
) -> tuple[SectionView, ...]:
    given = request.POST if request.method == "POST" else None
    zone = get_current_timezone()
    return sections_of(form_of(_type(form)), given, errors=errors, at=request.at, zone=zone)


def _chosen(form: NewTicket, caller: KnownCaller | None) -> int | None:
    """For which company they ask: as was chosen, else the only one."""
    if form.is_bound:
        key = str(form["company"].value() or "")
        return int(key) if key.isdecimal() else None
    return caller.company.pk if caller and caller.company else None


def _asked(sections: tuple[SectionView, ...]) -> dict[str, object]:
    return {"sections": sections, "persons": reverse("caller-persons")}


def _shown(
    request: Request,
    form: NewTicket,
    *,
    status: int = 200,
    errors: Mapping[str, str] | None = None,
) -> HttpResponse:
    address = str(form["address"].value() or "")
    caller = read_caller(address, actor=request.actor, at=request.at)
    sections = _sections(request, form, errors)
    context = {
        "form": form,
        "caller": caller,
        "chosen": _chosen(form, caller),
        **_asked(sections),
    }
    return render(request, "opening/new.html", context, status=status)
