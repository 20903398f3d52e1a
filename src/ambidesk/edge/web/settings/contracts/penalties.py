"""Penalties of a contract: the breaches behind a sum, and what a person excused of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.contrib import messages
from django.db.models import F, Q, Sum
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from ambidesk.edge.web.settings import pages
from ambidesk.edge.web.settings.contracts.acting import contract_of
from ambidesk.edge.web.settings.sections import Section, sections
from ambidesk.edge.web.ui.durations import in_words
from ambidesk.edge.web.ui.requests import Request
from ambidesk.service.charges import excusing
from ambidesk.service.charges.models import Excusal, Penalty
from ambidesk.service.contracts.models import Contract
from ambidesk.service.contracts.models.line import Excuse
from ambidesk.service.contracts.rights import ContractRight
from ambidesk.service.contracts.saying import amount_words
from ambidesk.service.sla.models.clock import GoalKind
from ambidesk.support.tickets.models import Ticket

SHOWN = 500
Breach = tuple[int, str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExcusalView:
    """What stands against a penalty: why, by whom and since when."""

    amount: str
    words: str
    who: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PenaltyView:
    """One breach by one clause; without a ticket that the reader sees it has no number."""

    pk: int
    ticket: int | None
    goal: str
    on: date
    late: str
    clause: str
    amount: str
    cut: str
    excuse: str
    excusal: ExcusalView | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PenaltiesPage:
    """The list behind a sum."""

    section: str
    sections: tuple[Section, ...]
    contract: Contract
    starts: date | None
    amount: str
    rows: tuple[PenaltyView, ...]
    can_excuse: bool


def show(request: Request, pk: int) -> HttpResponse:
    """List the breaches of a period, or of all of them."""
    contract = contract_of(request, pk)
    rows = Penalty.objects.filter(contract=contract)
    starts = _day(request.GET.get("period", ""))
    if starts is not None:
        rows = rows.filter(period=starts)
    owed = Sum(F("amount") - F("excused"))
    amount = rows.order_by().aggregate(sum=owed)["sum"] or Decimal(0)
    shown = list(rows.select_related("rule").order_by("-on", "-pk")[:SHOWN])
    seen = Ticket.objects.visible_to(request.actor)
    tickets = seen.filter(promise__in={row.promise_id for row in shown})
    numbers = dict(tickets.order_by().values_list("promise", "pk"))
    excusals = _excusals(contract, shown)
    page = PenaltiesPage(
        section="contracts",
        sections=sections(request.actor),
        contract=contract,
        starts=starts,
        amount=amount_words(amount, contract.currency),
        rows=tuple(
            _view(row, numbers.get(row.promise_id), excusals.get(_breach(row))) for row in shown
        ),
        can_excuse=request.actor.may(ContractRight.EXCUSE),
    )
    return render(request, "contracts/penalties.html", {"page": page})


def excuse(request: Request, pk: int) -> HttpResponse:
    """Let a breach cost nothing, with a reason."""
    seen = Contract.objects.visible_to(request.actor)
    row = Penalty.objects.filter(pk=pk, contract__in=seen).first()
    if row is None:
        raise Http404
    excusing.excuse(row, words=request.POST.get("words", ""), by=request.actor, at=request.at)
    messages.success(request, _("The penalty is excused"))
    if not request.actor.may(ContractRight.MANAGE):
        return pages.to(reverse("settings"))
    address = reverse("settings-contracts-penalties", args=[row.contract_id])
    return pages.to(f"{address}?period={row.period.isoformat()}")


def _breach(row: Penalty | Excusal) -> Breach:
    return row.promise_id, row.goal, row.number


def _excusals(contract: Contract, shown: Sequence[Penalty]) -> Mapping[Breach, Excusal]:
    of_shown = Q(promise__in={row.promise_id for row in shown})
    rows = Excusal.objects.filter(of_shown, contract=contract).select_related("by")
    return {_breach(row): row for row in rows}


def _against(row: Penalty, excusal: Excusal) -> ExcusalView:
    who = excusal.by.name or excusal.by.email if excusal.by else _("the desk")
    return ExcusalView(
        amount=f"−{amount_words(row.excused, row.currency)}" if row.excused else "",
        words=excusal.words,
        who=who,
        at=excusal.at,
    )


def _view(row: Penalty, ticket: int | None, excusal: Excusal | None) -> PenaltyView:
    return PenaltyView(
        pk=row.pk,
        ticket=ticket,
        goal=str(GoalKind(row.goal).label),
        on=row.on,
        late=in_words(row.late_seconds),
        clause=row.rule.clause,
        amount=amount_words(row.amount, row.currency),
        cut=amount_words(row.cut, row.currency) if row.cut else "",
        excuse=str(Excuse(row.excuse).label) if row.excuse else "",
        excusal=_against(row, excusal) if excusal else None,
    )


def _day(given: str) -> date | None:
    try:
        return date.fromisoformat(given)
    except ValueError:
        return None
