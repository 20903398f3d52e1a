"""Versions of a process: which there were and who is still on them, and each to be read."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import render

from ambidesk.edge.web.settings.processes.differing import differences
from ambidesk.edge.web.settings.processes.reading import PlanView, names, seen
from ambidesk.edge.web.settings.sections import Section, sections
from ambidesk.edge.web.ui.requests import Request
from ambidesk.service.workflow.models import Process, ProcessVersion

AT_ONCE = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionView:
    """A version in the list; `going` tickets are still on it, of all that ever began on it."""

    number: int
    published_at: datetime
    by: str
    going: int
    begun: int
    is_current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionsPage:
    """The versions of a process, the newest first; `older` is where the list goes on."""

    section: str
    sections: tuple[Section, ...]
    process: Process
    rows: tuple[VersionView, ...]
    older: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionPage:
    """One version, and what the next one has otherwise; without a next one it is the newest."""

    section: str
    sections: tuple[Section, ...]
    process: Process
    number: int
    plan: PlanView
    before: int | None
    after: int | None
    turns: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """What the form of a process shows above its fields: the way to its versions."""

    template: str
    pk: int


def leading(row: Process) -> Beginning | None:
    """Lead from a process to its versions, where it has any."""
    if row.published is None:
        return None
    return Beginning(template="processes/leading.html", pk=row.pk)


def show_all(request: Request, process: int) -> HttpResponse:
    """List the versions of a process."""
    of = _process(process)
    below = request.GET.get("below", "")
    rows = of.versions.select_related("published_by")
    if below.isascii() and below.isdecimal() and len(below) < 10:
        rows = rows.filter(number__lt=int(below))
    is_going = Q(runs__ended_at=None, runs__ticket__isnull=False)
    found = list(
        rows.annotate(going=Count("runs", filter=is_going), begun=Count("runs")).order_by(
            "-number"
        )[: AT_ONCE + 1]
    )
    page = VersionsPage(
        section="processes",
        sections=sections(request.actor),
        process=of,
        rows=tuple(_view(row, of) for row in found[:AT_ONCE]),
        older=found[AT_ONCE - 1].number if len(found) > AT_ONCE else None,
    )
    return render(request, "processes/versions.html", {"page": page})


def show(request: Request, process: int, version: int) -> HttpResponse:
    """Show one version to be read, with what the next one has otherwise."""
    of, number = _process(process), version
    near = of.versions.filter(number__in=(number - 1, number, number + 1))
    rows = {row.number: row for row in near}
    if number not in rows:
        raise Http404
    known, after = names(request.actor), rows.get(number + 1)
    plan = rows[number].plan
    page = VersionPage(
        section="processes",
        sections=sections(request.actor),
        process=of,
        number=number,
        plan=seen(plan, known),
        before=number - 1 if number - 1 in rows else None,
        after=number + 1 if after else None,
        turns=differences(plan, after.plan, known=known) if after else (),
    )
    return render(request, "processes/version.html", {"page": page})


def _process(pk: int) -> Process:
    row = Process.objects.filter(pk=pk, published__isnull=False).first()
    if row is None:
        raise Http404
    return row


def _view(row: ProcessVersion, process: Process) -> VersionView:
    counted = vars(row)
    return VersionView(
        number=row.number,
        published_at=row.published_at,
        by=str(row.published_by) if row.published_by else "",
        going=counted["going"],
        begun=counted["begun"],
        is_current=row.number == process.published,
    )
