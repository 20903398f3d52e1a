"""Debts from a file of the books: what is wrong with it, which stops follow, then the import."""

from dataclasses import dataclass
from io import BytesIO

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from ambidesk.across.importing.clients import exporting
from ambidesk.across.importing.clients.sheets import SHEETS, Column, Sheet
from ambidesk.across.importing.clients.taking_in import Report, take_in
from ambidesk.edge.web.settings.clients import Fault, content_of, faults_of, file_of
from ambidesk.edge.web.settings.sections import Section, sections
from ambidesk.edge.web.ui.requests import Request
from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.service.contracts.models import BlockedKind
from ambidesk.service.contracts.saying import amount_words
from ambidesk.service.contracts.stopping import Turn

DEBTS = Sheet.RECEIVABLES
MOST_SHOWN = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnView:
    """A contract that is stopped by its debts, with what that stops, or goes on again."""

    company: str
    number: str
    words: str
    is_lifted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DebtsPage:
    """The columns of the file, what was found in one, and what follows from it."""

    section: str
    sections: tuple[Section, ...]
    columns: tuple[Column, ...]
    endings: tuple[str, ...] = ("csv", "xlsx")
    is_whole: bool = True
    report: Report | None = None
    faults: tuple[Fault, ...] = ()
    turns: tuple[TurnView, ...] = ()
    refused: str = ""


def show(request: Request) -> HttpResponse:
    """Ask for a file."""
    return render(request, "contracts/debts.html", {"page": _page(request)})


def take(request: Request) -> HttpResponse:
    """Say what is wrong with a file and what follows; `do=load` brings its good rows in as well."""
    part = "#report" if request.headers.get("HX-Request") else ""
    whole = "whole" in request.POST
    try:
        report = take_in(
            BytesIO(content_of(request)),
            DEBTS,
            dry_run=request.POST.get("do") != "load",
            is_whole=whole,
            by=request.actor,
            at=request.at,
        )
    except Refusal as refused:
        page = _page(request, is_whole=whole, refused=str(refused))
        return render(request, f"contracts/debts.html{part}", {"page": page}, status=422)
    page = _page(request, is_whole=whole, report=report)
    return render(request, f"contracts/debts.html{part}", {"page": page})


def give(request: Request, ending: str) -> HttpResponse:
    """Give what is open as a file that can be imported again."""
    match ending:
        case "csv":
            return file_of(exporting.as_csv(DEBTS, by=request.actor), kind=DEBTS, ending=ending)
        case "xlsx":
            return file_of(exporting.as_xlsx(DEBTS, by=request.actor), kind=DEBTS, ending=ending)
        case _:
            raise Http404


def _page(
    request: Request, *, is_whole: bool = True, report: Report | None = None, refused: str = ""
) -> DebtsPage:
    return DebtsPage(
        section="contracts-debts",
        sections=sections(request.actor),
        columns=SHEETS[DEBTS],
        is_whole=is_whole,
        report=report,
        faults=faults_of(report, DEBTS),
        turns=tuple(map(_turn, report.turns[:MOST_SHOWN])) if report else (),
        refused=refused,
    )


def _turn(turn: Turn) -> TurnView:
    blocks = ", ".join(str(BlockedKind(each).label).lower() for each in turn.contract.stop_blocks)
    owed = amount_words(turn.amount, turn.contract.currency)
    stops = _("%(owed)s overdue: stops %(what)s") % {"owed": owed, "what": blocks}
    return TurnView(
        company=str(turn.contract.company),
        number=turn.contract.number,
        words=_("paid: the stop is lifted") if turn.standing else stops,
        is_lifted=turn.standing is not None,
    )
