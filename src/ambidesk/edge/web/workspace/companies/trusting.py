"""Domains of a company: whoever writes from one is held until the company says who it is."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from ambidesk.edge.web.ui.pages import back_to
from ambidesk.edge.web.ui.requests import Request
from ambidesk.edge.web.workspace.companies.company import visible_company
from ambidesk.ground.kernel.refusal import InvalidInput
from ambidesk.parties.authority.domains import forget_domain, trust_domain
from ambidesk.parties.authority.models import TrustedDomain
from ambidesk.parties.companies.models import Company


def trust(request: Request, company: int) -> HttpResponse:
    """Trust a domain."""
    row = visible_company(request.actor, company)
    try:
        made = trust_domain(row, request.POST.get("name", ""), by=request.actor, at=request.at)
    except InvalidInput as refused:
        messages.warning(request, str(refused))
    else:
        words = _("Unknown writers from %(domain)s wait until the company says who they are.")
        messages.info(request, words % {"domain": made.name})
    return back_to("company", company)


def forget(request: Request, domain: int) -> HttpResponse:
    """Trust a domain no longer."""
    seen = Company.objects.visible_to(request.actor)
    row = TrustedDomain.objects.filter(pk=domain, company__in=seen).first()
    if row is None:
        raise Http404
    forget_domain(row, by=request.actor, at=request.at)
    messages.info(request, _("%(domain)s is trusted no longer.") % {"domain": row.name})
    return back_to("company", row.company_id)
