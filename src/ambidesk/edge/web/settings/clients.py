"""Companies, sites and contacts from a file: first what is wrong with it, then the import."""

from dataclasses import dataclass
from io import BytesIO

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ambidesk.across.importing.clients import exporting
from ambidesk.across.importing.clients.own import columns_of
from ambidesk.across.importing.clients.sheets import Column, Sheet, title_of
from ambidesk.across.importing.clients.taking_in import Report, take_in
from ambidesk.edge.web.settings.sections import Section, Words, sections
from ambidesk.edge.web.ui.requests import Request
from ambidesk.ground.kernel.refusal import InvalidInput, Refusal
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.people.rights import PeopleRight
from ambidesk.service.assets.rights import AssetRight

LARGEST = 10_000_000
MOST_SHOWN = 500
CSV, XLSX = (
    "text/csv; charset=utf-8",
    ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
)
NAMES: dict[Sheet, Words] = {
    Sheet.COMPANIES: _("Companies"),
    Sheet.SITES: pgettext_lazy("site", "Sites"),
    Sheet.CONTACTS: pgettext_lazy("persons of companies", "Contacts"),
    Sheet.ASSETS: _("Equipment"),
    Sheet.REPAIRS: _("Repairs of the past"),
}


# Whoever sees the section may change companies and sites.
NEEDED: dict[Sheet, tuple[str, ...]] = {
    Sheet.CONTACTS: (PeopleRight.SEE, PeopleRight.DESCRIBE),
    Sheet.ASSETS: (AssetRight.SEE, AssetRight.KEEP),
    Sheet.REPAIRS: (AssetRight.SEE, AssetRight.KEEP),
}


class NoFile(InvalidInput):
    """Nothing was chosen."""

    sentence = _("Choose a file first.")


class FileTooLarge(InvalidInput):
    """It would take longer than somebody waits for a page."""

    sentence = _("Here files of up to 10 MB are taken; larger ones by “ambidesk import”.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A bad row: its number, the column's title, the reason."""

    line: int
    column: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientsPage:
    """The kinds of files with their columns, and what was found in one."""

    section: str
    sections: tuple[Section, ...]
    sheets: tuple[tuple[Sheet, Words, tuple[Column, ...]], ...]
    chosen: Sheet
    endings: tuple[str, ...] = ("csv", "xlsx")
    report: Report | None = None
    faults: tuple[Fault, ...] = ()
    refused: str = ""


def show(request: Request) -> HttpResponse:
    """Ask for a file."""
    return render(request, "clients.html", {"page": _page(request, Sheet.COMPANIES)})


def take(request: Request) -> HttpResponse:
    """Say what is wrong with a file; `do=load` brings its good rows in as well."""
    sheet = _sheet(request, request.POST.get("sheet", ""))
    part = "#report" if request.headers.get("HX-Request") else ""
    try:
        report = take_in(
            BytesIO(content_of(request)),
            sheet,
            dry_run=request.POST.get("do") != "load",
            by=request.actor,
            at=request.at,
        )
    except Refusal as refused:
        page = _page(request, sheet, refused=str(refused))
        return render(request, f"clients.html{part}", {"page": page}, status=422)
    return render(request, f"clients.html{part}", {"page": _page(request, sheet, report=report)})


def give(request: Request, sheet: str, ending: str) -> HttpResponse:
    """Give all companies, sites or contacts as a file that can be imported again."""
    kind = _sheet(request, sheet)
    match ending:
        case "csv":
            return file_of(exporting.as_csv(kind, by=request.actor), kind=kind, ending=ending)
        case "xlsx":
            return file_of(exporting.as_xlsx(kind, by=request.actor), kind=kind, ending=ending)
        case _:
            raise Http404


def file_of(content: bytes, *, kind: Sheet, ending: str) -> HttpResponse:
    """Give a file to keep; nothing on the way does."""
    answer = HttpResponse(content, content_type=CSV if ending == "csv" else XLSX)
    answer["Content-Disposition"] = f'attachment; filename="{kind.value}.{ending}"'
    answer["Cache-Control"] = "no-store"
    return answer


def content_of(request: Request) -> bytes:
    """
    Read the file that was sent.

    Raises:
        NoFile, FileTooLarge: there is none, or it is for the command line.
    """
    upload = request.FILES.get("file")
    if upload is None or upload.size is None:
        raise NoFile(field="file")
    if upload.size > LARGEST:
        raise FileTooLarge(field="file")
    return bytes(upload.read())


def faults_of(report: Report | None, sheet: Sheet) -> tuple[Fault, ...]:
    """Say the bad rows in words, as many as a page shows."""
    problems = report.problems[:MOST_SHOWN] if report else ()
    return tuple(
        Fault(line=each.line, column=title_of(sheet, each.column), why=str(each.why))
        for each in problems
    )


def _page(
    request: Request, sheet: Sheet, *, report: Report | None = None, refused: str = ""
) -> ClientsPage:
    return ClientsPage(
        section="clients",
        sections=sections(request.actor),
        sheets=tuple((each, NAMES[each], columns_of(each)) for each in _open_to(request.actor)),
        chosen=sheet,
        report=report,
        faults=faults_of(report, sheet),
        refused=refused,
    )


def _open_to(actor: Actor) -> list[Sheet]:
    """Say which files somebody may bring in and take out: persons and equipment need more."""
    return [each for each in NAMES if all(map(actor.may, NEEDED.get(each, ())))]


def _sheet(request: Request, given: str) -> Sheet:
    if given not in _open_to(request.actor):
        raise Http404
    return Sheet(given)
