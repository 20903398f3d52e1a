"""Penalties of a contract: the breaches behind a sum, each with its ticket and its clause."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Sum
from django.http import HttpResponse
from django.shortcuts import render

from ambidesk.edge.web.settings.contracts.acting import contract_of
from ambidesk.edge.web.settings.sections import Section, sections
from ambidesk.edge.web.ui.durations import in_words
from ambidesk.edge.web.ui.requests import Request
from ambidesk.service.charges.models import Penalty
from ambidesk.service.contracts.models import Contract
from ambidesk.service.contracts.models.line import Excuse
from ambidesk.service.contracts.saying import amount_words
from ambidesk.service.sla.models.clock import GoalKind
from ambidesk.support.tickets.models import Ticket

SHOWN = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class PenaltyView:
    """One breach by one clause; without a ticket that the reader sees it has no number."""

    ticket: int | None
    goal: str
    on: date
    late: str
    clause: str
    amount: str
    cut: str
    excuse: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PenaltiesPage:
    """The list behind a sum."""

    section: str
    sections: tuple[Section, ...]
    contract: Contract
    starts: date | None
    amount: str
    rows: tuple[PenaltyView, ...]


def show(request: Request, pk: int) -> HttpResponse:
    """List the breaches of a period, or of all of them."""
    contract = contract_of(request, pk)
    rows = Penalty.objects.filter(contract=contract)
    starts = _day(request.GET.get("period", ""))
    if starts is not None:
        rows = rows.filter(period=starts)
    amount = rows.order_by().aggregate(sum=Sum("amount"))["sum"] or Decimal(0)
    shown = list(rows.select_related("rule").order_by("-on", "-pk")[:SHOWN])
    seen = Ticket.objects.visible_to(request.actor)
    tickets = seen.filter(promise__in={row.promise_id for row in shown})
    numbers = dict(tickets.order_by().values_list("promise", "pk"))
    page = PenaltiesPage(
        section="contracts",
        sections=sections(request.actor),
        contract=contract,
        starts=starts,
        amount=amount_words(amount, contract.currency),
        rows=tuple(_view(row, numbers.get(row.promise_id)) for row in shown),
    )
    return render(request, "contracts/penalties.html", {"page": page})


def _view(row: Penalty, ticket: int | None) -> PenaltyView:
    return PenaltyView(
        ticket=ticket,
        goal=str(GoalKind(row.goal).label),
        on=row.on,
        late=in_words(row.late_seconds),
        clause=row.rule.clause,
        amount=amount_words(row.amount, row.currency),
        cut=amount_words(row.cut, row.currency) if row.cut else "",
        excuse=str(Excuse(row.excuse).label) if row.excuse else "",
    )


def _day(given: str) -> date | None:
    try:
        return date.fromisoformat(given)
    except ValueError:
        return None
