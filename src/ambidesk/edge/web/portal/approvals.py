"""An approval in the portal: what is asked, and the answer."""

from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import render

from ambidesk.edge.web.ui.pages import back_to
from ambidesk.edge.web.ui.requests import Request
from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.ground.reach.wall import beyond
from ambidesk.service.approvals.rules.deciding import State
from ambidesk.support.approvals.answering import answer, may_answer
from ambidesk.support.approvals.deciding import Decision
from ambidesk.support.approvals.models import Approval
from ambidesk.support.approvals.saying import amount_of, question_of


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalPage:
    """What is asked, how it stands, and whether it can be answered."""

    approval: Approval
    question: str
    amount: str
    label: str
    is_waiting: bool
    words: str = ""
    error: str = ""


def show(request: Request, approval: int) -> HttpResponse:
    """Show what is asked."""
    page = _page(_asked(request, approval))
    return render(request, "portal/approval.html", {"page": page})


def decide(request: Request, approval: int) -> HttpResponse:
    """Take the answer."""
    found = _asked(request, approval)
    words = request.POST.get("words", "")
    decision = Decision(
        yes=request.POST.get("answer") == "yes",
        content=request.POST.get("content", ""),
        words=words,
    )
    try:
        with beyond():
            answer(found, decision, by=request.actor, at=request.at)
    except Refusal as refused:
        page = _page(_asked(request, approval), words=words, error=str(refused))
        return render(request, "portal/approval.html", {"page": page}, status=refused.status)
    return back_to("portal-approval", approval)


def _asked(request: Request, approval: int) -> Approval:
    rows = Approval.objects.visible_to(request.actor)
    related = ("ticket__requester", "company", "site", "asset__model", "request_type")
    found = rows.filter(pk=approval).select_related(*related).first()
    if found is None or not may_answer(found, request.actor, at=request.at):
        raise Http404
    return found


def _page(found: Approval, *, words: str = "", error: str = "") -> ApprovalPage:
    return ApprovalPage(
        approval=found,
        question=question_of(found),
        amount=amount_of(found),
        label=str(State(found.state).label),
        is_waiting=found.state == State.WAITING,
        words=words,
        error=error,
    )
