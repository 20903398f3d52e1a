"""
The page on which somebody says that they do not want to be asked, and may take it back.

Opening it changes nothing: mail scanners follow links.
"""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from ambidesk.edge.web.feedback.survey import in_its_face
from ambidesk.edge.web.ui.faces import face_of
from ambidesk.edge.web.ui.requests import Request
from ambidesk.relation.feedback.models import Invitation
from ambidesk.relation.feedback.refusing import allow_surveys, refuse_surveys, refuses


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalPage:
    """Whether they refuse, and of which brand."""

    address: str
    brand: str
    is_refused: bool


def show(request: Request, invited: str) -> HttpResponse:
    """Show the one button there is."""

    def shown(found: Invitation) -> HttpResponse:
        brand = found.ticket.brand
        page = RefusalPage(
            address=reverse("survey-refusal", args=[invited]),
            brand=brand.name,
            is_refused=refuses(found.person_id, brand=brand.pk),
        )
        return render(request, "refusal.html", {"page": page, "face": face_of(brand)})

    return in_its_face(request, invited, shown)


def decide(request: Request, invited: str) -> HttpResponse:
    """Take the wish, or take it back."""

    def decided(found: Invitation) -> HttpResponse:
        change = allow_surveys if request.POST.get("again") else refuse_surveys
        change(found, at=request.at)
        response = HttpResponse(status=303)
        response["Location"] = reverse("survey-refusal", args=[invited])
        return response

    return in_its_face(request, invited, decided)


def unsubscribe(request: Request, invited: str) -> HttpResponse:
    """
    Take the wish of somebody whose mail program sends it by one click.

    Source: RFC 8058 3.2: a POST with just this pair, no cookies, no redirect.
    """
    if request.POST.get("List-Unsubscribe") != "One-Click":
        return HttpResponse(status=400)

    def refused(found: Invitation) -> HttpResponse:
        refuse_surveys(found, at=request.at)
        return HttpResponse(status=204)

    return in_its_face(request, invited, refused)
