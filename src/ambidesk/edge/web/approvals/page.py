"""
The page of a link: all that is approved, and two buttons.

Opening it decides nothing: mail scanners follow links. Dead links are all answered alike.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from ambidesk.edge.web.ui.faces import brand_at, face_of, gone
from ambidesk.edge.web.ui.places import Budget, place_of, spend
from ambidesk.edge.web.ui.requests import Request
from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.parties.authority.models import Account
from ambidesk.service.approvals.rules.deciding import NotWaiting
from ambidesk.support.approvals.deciding import Decision
from ambidesk.support.approvals.linking import answer_by_link, link_of, needs_code
from ambidesk.support.approvals.models import Approval, Link
from ambidesk.support.approvals.posting import language_of, send_code
from ambidesk.support.approvals.saying import amount_of, question_of

MOST_A_MINUTE = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkPage:
    """What is approved, and what is needed to say so."""

    address: str
    approval: Approval
    question: str
    amount: str
    name: str
    needs_code: bool
    code_sent: bool
    portal: str
    words: str
    error: str
    is_done: bool
    said_yes: bool


def show(request: Request, approving: str) -> HttpResponse:
    """Show what is approved."""
    return _opened(request, approving, lambda link: _page(request, link, approving))


def send(request: Request, approving: str) -> HttpResponse:
    """Send a code to the address of the link."""

    def sent(link: Link) -> HttpResponse:
        try:
            send_code(link, at=request.at)
        except Refusal as refused:
            return _page(request, link, approving, error=str(refused), status=refused.status)
        link.refresh_from_db()
        return _page(request, link, approving)

    return _opened(request, approving, sent)


def decide(request: Request, approving: str) -> HttpResponse:
    """Take the answer; the link is dead afterwards."""

    def decided(link: Link) -> HttpResponse:
        code, said = request.POST.get("code", "")[:20], request.POST.get("answer", "")
        if said not in {"yes", "no"}:
            return _page(request, link, approving, error=_("Choose an answer."), status=422)
        decision = Decision(
            yes=said == "yes",
            content=request.POST.get("content", ""),
            words=request.POST.get("words", ""),
        )
        try:
            answer_by_link(link, decision, code=code, at=request.at)
        except NotWaiting:
            return gone(request, brand_at(request), status=404)
        except Refusal as refused:
            return _page(request, link, approving, error=str(refused), status=refused.status)
        return _page(request, link, approving, is_done=True)

    return _opened(request, approving, decided)


def _opened(request: Request, approving: str, act: Callable[[Link], HttpResponse]) -> HttpResponse:
    here = brand_at(request)
    where = place_of(request)
    if spend(Budget(what=f"approve:{where}", most=MOST_A_MINUTE, seconds=60.0)):
        return gone(request, here, status=429)
    link = link_of(approving, at=request.at)
    ticket = link.asked.approval.ticket if link else None
    # On the host of one brand a link of another one leads nowhere.
    if link is None or ticket is None or (here is not None and here.pk != ticket.brand_id):
        return gone(request, here, status=404)
    with translation.override(language_of(link.asked, ticket)):
        response = act(link)
    response["Cache-Control"] = "no-store"
    # With no referrer at all a browser posts the answer from the origin "null", which is refused.
    response["Referrer-Policy"] = "same-origin"
    return response


def _page(
    request: Request,
    link: Link,
    approving: str,
    *,
    error: str = "",
    is_done: bool = False,
    status: int = 200,
) -> HttpResponse:
    approval, person = link.asked.approval, link.asked.contact.person
    has_account = Account.objects.filter(person__whole=person.whole, user__is_active=True).exists()
    page = LinkPage(
        address=reverse("approval-link", args=[approving]),
        approval=approval,
        question=question_of(approval),
        amount=amount_of(approval),
        name=person.called,
        needs_code=needs_code(link),
        code_sent=link.code_until is not None and request.at < link.code_until,
        portal=f"{settings.BASE_URL}/portal/approvals/{approval.pk}/" if has_account else "",
        words=request.POST.get("words", "")[:2000],
        error=error,
        is_done=is_done,
        said_yes=request.POST.get("answer") == "yes",
    )
    face = face_of(approval.ticket.brand)
    return render(request, "approval_link.html", {"page": page, "face": face}, status=status)
