"""What clients see of a colleague: post, qualification, photo."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from ambidesk.edge.web.settings import pages
from ambidesk.edge.web.settings.sections import Section, sections
from ambidesk.edge.web.ui.requests import Request
from ambidesk.ground.kernel.refusal import InvalidInput
from ambidesk.parties.staff.models import Member
from ambidesk.parties.staff.presenting import LARGEST_BYTES, present, take_off
from ambidesk.support.telephony.extending import extend
from ambidesk.support.telephony.models import Extension


class PresentingForm(forms.Form):
    """What stands beside the name."""

    post = forms.CharField(label=_("Post"), max_length=120, required=False)
    qualification = forms.CharField(
        label=_("Qualification"),
        max_length=160,
        required=False,
        help_text=_("What clients may rely on: a certificate, years of practice."),
    )
    extension = forms.CharField(
        label=_("Extension"),
        max_length=20,
        required=False,
        help_text=_("At which the exchange calls them, such as 101."),
    )
    photo = forms.FileField(
        label=_("Photo"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PresentingPage:
    """One colleague as clients see them."""

    section: str
    sections: tuple[Section, ...]
    member: Member
    form: forms.Form
    back: str


def ask(request: Request, pk: int) -> HttpResponse:
    """Show what is known."""
    member = _member(pk)
    number = Extension.objects.filter(member=member).values_list("number", flat=True).first()
    known = {
        "post": member.post,
        "qualification": member.qualification,
        "extension": number or "",
    }
    return _show(request, member, PresentingForm(initial=known))


def save(request: Request, pk: int) -> HttpResponse:
    """Say it anew; `no_photo` takes the photo off."""
    member = _member(pk)
    form = PresentingForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show(request, member, form, status=422)
    given = form.cleaned_data
    photo = given["photo"].read(LARGEST_BYTES + 1) if given["photo"] else None
    try:
        with transaction.atomic():
            extend(member, given["extension"], by=request.actor, at=request.at)
            _present(request, member, given, photo)
    except InvalidInput as refused:
        form.add_error(refused.field, str(refused))
        return _show(request, member, form, status=422)
    if request.POST.get("no_photo") and photo is None:
        take_off(member, by=request.actor, at=request.at)
    return pages.to(pages.list_url("staff"))


def _present(
    request: Request, member: Member, given: Mapping[str, Any], photo: bytes | None
) -> None:
    present(
        member,
        post=given["post"],
        qualification=given["qualification"],
        photo=photo,
        by=request.actor,
        at=request.at,
    )


def _show(request: Request, member: Member, form: forms.Form, *, status: int = 200) -> HttpResponse:
    page = PresentingPage(
        section="staff",
        sections=sections(request.actor),
        member=member,
        form=form,
        back=pages.list_url("staff"),
    )
    return render(request, "presenting.html", {"page": page}, status=status)


def _member(pk: int) -> Member:
    found = Member.objects.select_related("user").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
