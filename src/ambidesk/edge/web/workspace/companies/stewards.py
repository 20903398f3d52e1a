"""Who of the staff looks after a company: chosen, taken off it again, and shown by a photo."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpResponse, HttpResponseBase
from django.utils.translation import gettext_lazy as _

from ambidesk.edge.web.ui.downloads import shown_photo
from ambidesk.edge.web.ui.pages import back_to
from ambidesk.edge.web.ui.requests import Request
from ambidesk.edge.web.workspace.companies.changing import answered
from ambidesk.edge.web.workspace.companies.company import visible_company
from ambidesk.edge.web.workspace.companies.forms import ReleaseForm, StewardForm
from ambidesk.ground.kernel.days import day_of
from ambidesk.ground.reach.actor import ActorKind
from ambidesk.parties.companies.models import Company
from ambidesk.parties.stewards.entrusting import entrust, release
from ambidesk.parties.stewards.models import Steward


def ask(request: Request, company: int) -> HttpResponse:
    """Choose who looks after the company."""
    row = visible_company(request.actor, company)

    def act(given: Mapping[str, Any]) -> HttpResponse:
        entrust(row, by=request.actor, at=request.at, **given)
        return back_to("company", row.pk)

    form = StewardForm(request.POST or None, initial={"since": day_of(request.at)})
    return answered(request, form, act, title=_("Service team"), company=row)


def change(request: Request, steward: int) -> HttpResponse:
    """Say until when somebody looks after the company."""
    seen = Company.objects.visible_to(request.actor)
    rows = Steward.objects.filter(company__in=seen).select_related("company", "member__user")
    row = rows.filter(pk=steward).first()
    if row is None:
        raise Http404
    found = row

    def act(given: Mapping[str, Any]) -> HttpResponse:
        release(found, until=given["until"], by=request.actor, at=request.at)
        return back_to("company", found.company_id)

    form = ReleaseForm(request.POST or None, initial={"until": row.until_on or day_of(request.at)})
    return answered(request, form, act, title=row.member.name, company=row.company)


def photo(request: Request, member: int) -> HttpResponseBase:
    """Show the photo of a colleague to colleagues."""
    if request.actor.kind is not ActorKind.USER:
        raise Http404
    return shown_photo(member)
