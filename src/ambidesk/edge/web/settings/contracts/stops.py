"""Stops that hold now, each with why it was set and the form that lifts it."""

from dataclasses import dataclass
from decimal import Decimal

from django.http import HttpResponse
from django.shortcuts import render

from ambidesk.edge.web.settings.sections import Section, sections
from ambidesk.edge.web.ui.requests import Request
from ambidesk.service.contracts.models import Stop
from ambidesk.service.contracts.saying import amount_words

SHOWN = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class StopView:
    """A stop with the company and, where it is of one contract, its number."""

    stop: Stop
    owed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StopsPage:
    """The newest first; `number` is how many there are."""

    section: str
    sections: tuple[Section, ...]
    stops: tuple[StopView, ...]
    number: int


def show(request: Request) -> HttpResponse:
    """List what is stopped, for whoever may lift it."""
    rows = Stop.objects.filter(lifted_at=None).select_related("company", "contract")
    page = StopsPage(
        section="contracts-stopped",
        sections=sections(request.actor),
        stops=tuple(map(_view, rows.order_by("-set_at", "-pk")[:SHOWN])),
        number=rows.count(),
    )
    return render(request, "contracts/stops.html", {"page": page})


def _view(row: Stop) -> StopView:
    owed = row.amount or Decimal(0)
    currency = row.contract.currency if row.contract else ""
    return StopView(stop=row, owed=amount_words(owed, currency) if owed else "")
