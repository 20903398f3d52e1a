"""
Agreed: what a ticket's contract promises for the stages where the ticket stands.

It goes before what the process says. What was chosen stands in the ticket's journal, so that a
clock can be counted again from there.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from ambidesk.ground.kernel.journal import Entry
from ambidesk.service.contracts.reading import stage_promise, stages_of
from ambidesk.service.contracts.rules.staging import StagePromised, stage_promise_for
from ambidesk.service.sla.models import CalendarVersion
from ambidesk.service.workflow.going import stage_of
from ambidesk.service.workflow.models import Stay
from ambidesk.service.workflow.rules.plan import StageKind
from ambidesk.support.promises.agreed import BESIDE, by_contract
from ambidesk.support.stages.events import StageTermsChosen
from ambidesk.support.tickets.models import Ticket


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """
    What holds for a stay from an instant on; without a promise what its process says.

    `calendar` is a version, none is round the clock.
    """

    at: datetime
    promise: StagePromised | None
    calendar: int | None


def agreed_for(ticket: Ticket, stays: Sequence[Stay]) -> dict[int, StagePromised]:
    """Choose what the contract promises for stays, by their ids; what it leaves is not in it."""
    row = (
        Ticket.objects.filter(pk=ticket.pk, coverage__line__version__activated_at__isnull=False)
        .values_list(
            "coverage__line", "coverage__line__version", "coverage__line__version__activated_at"
        )
        .first()
        if stays
        else None
    )
    if row is None:
        return {}
    line, version, since = row
    among, found = stages_of(version, since), {}
    for stay in stays if among else ():
        process = stay.version.process_id
        chosen = stage_promise_for(among, line=line, process=process, stage=stay.stage)
        if chosen is not None and stage_of(stay).kind is not StageKind.END:
            found[stay.pk] = chosen
    return found


def calendar_for(ticket: Ticket, promise: StagePromised) -> int | None:
    """Give the newest version of the promise's calendar, else of that of the contract's own."""
    if promise.calendar:
        rows = CalendarVersion.objects.filter(calendar=promise.calendar).order_by("-pk")
        return rows.values_list("pk", flat=True).first()
    terms = by_contract(Ticket.objects.select_related(*BESIDE).get(pk=ticket.pk), {})
    return terms[1] if terms else None


def choices_of(entries: Sequence[Entry]) -> Mapping[int, Sequence[Choice]]:
    """Read what was chosen for stays, by their ids, in its order."""
    found: dict[int, list[Choice]] = {}
    for entry in entries:
        if entry.kind == StageTermsChosen.kind:
            key, calendar = entry.data["promise_id"], entry.data["calendar_version_id"]
            promise = stage_promise(key) if key else None
            choice = Choice(at=entry.at, promise=promise, calendar=calendar)
            found.setdefault(entry.data["stay_id"], []).append(choice)
    return found
