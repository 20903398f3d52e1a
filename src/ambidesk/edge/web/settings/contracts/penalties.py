"""Penalties of a contract: the breaches behind a sum, and what a person excused of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.contrib import messages
from django.db.models import F, QuerySet, Sum
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
from ambidesk.service.contracts.models import Contract, Excuse, PenalisedKind
from ambidesk.service.contracts.rights import ContractRight
from ambidesk.service.contracts.saying import amount_words
from ambidesk.support.tickets.models import Ticket

SHOWN = 500
Breach = tuple[int, int, str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExcusalView:
    """What stands against a penalty: why, by whom and since when."""

    amount: str
    words: str
    who: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PenaltyView:
    """
    One breach by one clause; without a ticket that the reader sees it has no number.

    `contract` is named where the list is of all of them.
    """

    pk: int
    contract: str
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
class PenalisedPage:
    """The newest penalties of all contracts."""

    section: str
    sections: tuple[Section, ...]
    rows: tuple[PenaltyView, ...]
    can_excuse: bool = True


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
    page = PenaltiesPage(
        section="contracts",
        sections=sections(request.actor),
        contract=contract,
        starts=starts,
        amount=amount_words(amount, contract.currency),
        rows=tuple(_views(request, rows)),
        can_excuse=request.actor.may(ContractRight.EXCUSE),
    )
    return render(request, "contracts/penalties.html", {"page": page})


def show_all(request: Request) -> HttpResponse:
    """List the newest penalties of all contracts, for whoever may excuse them."""
    contracts = Contract.objects.visible_to(request.actor)
    rows = Penalty.objects.filter(contract__in=contracts).select_related("contract__company")
    page = PenalisedPage(
        section="contracts-penalised",
        sections=sections(request.actor),
        rows=tuple(_views(request, rows, is_of_all=True)),
    )
    return render(request, "contracts/penalised.html", {"page": page})


def excuse(request: Request, pk: int) -> HttpResponse:
    """Let a breach cost nothing, with a reason."""
    seen = Contract.objects.visible_to(request.actor)
    row = Penalty.objects.filter(pk=pk, contract__in=seen).first()
    if row is None:
        raise Http404
    excusing.excuse(row, words=request.POST.get("words", ""), by=request.actor, at=request.at)
    messages.success(request, _("The penalty is excused"))
    if not request.actor.may(ContractRight.MANAGE):
        return pages.to(pages.list_url("contracts-penalised"))
    address = reverse("settings-contracts-penalties", args=[row.contract_id])
    return pages.to(f"{address}?period={row.period.isoformat()}")


def _breach(row: Penalty | Excusal) -> Breach:
    return row.contract_id, row.promise_id, row.goal, row.number


def _views(
    request: Request, rows: QuerySet[Penalty], *, is_of_all: bool = False
) -> Iterator[PenaltyView]:
    shown = list(rows.select_related("rule").order_by("-on", "-pk")[:SHOWN])
    promises = {row.promise_id for row in shown}
    tickets = Ticket.objects.visible_to(request.actor)
    numbers = dict(tickets.filter(promise__in=promises).order_by().values_list("promise", "pk"))
    # Of a stage the promise is its stay's.
    of_stays = tickets.filter(run__stays__promise__in=promises).order_by()
    numbers |= dict(of_stays.values_list("run__stays__promise", "pk"))
    kept = Excusal.objects.filter(promise__in=promises).select_related("by")
    excusals = {_breach(row): row for row in kept}
    for row in shown:
        contract = f"{row.contract.company} · {row.contract}" if is_of_all else ""
        ticket, excusal = numbers.get(row.promise_id), excusals.get(_breach(row))
        yield _view(row, ticket, excusal, contract=contract)


def _against(row: Penalty, excusal: Excusal) -> ExcusalView:
    who = excusal.by.name or excusal.by.email if excusal.by else _("the desk")
    return ExcusalView(
        amount=f"−{amount_words(row.excused, row.currency)}" if row.excused else "",
        words=excusal.words,
        who=who,
        at=excusal.at,
    )


def _view(
    row: Penalty, ticket: int | None, excusal: Excusal | None, *, contract: str
) -> PenaltyView:
    return PenaltyView(
        pk=row.pk,
        contract=contract,
        ticket=ticket,
        goal=str(PenalisedKind(row.goal).label),
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
