"""Absences: who is away from when until when, and who stands in for them."""

from collections.abc import Callable
from typing import Annotated, Any, Literal

from django.db.models import QuerySet
from ninja import Query
from pydantic import Field

from ambidesk.edge.api.door import Call
from ambidesk.edge.api.operations import operation
from ambidesk.edge.api.paging import page_of
from ambidesk.edge.api.reaching import members_of, named, named_if, one
from ambidesk.edge.api.schemas import Id, Input, Instant, Key, Output, Page, Paging
from ambidesk.parties.staff.absenting import Leave, end_absence, enter_absence
from ambidesk.parties.staff.models import Absence, AbsenceKind, WorkGoes
from ambidesk.parties.staff.rights import StaffRight
from ambidesk.support.tickets.rights import TicketRight

NOUN = "Organisation"
SEE, KEEP = TicketRight.SEE, StaffRight.KEEP_ABSENCES
ONE = "absences/{int:absence_id}"
KindName = Literal["holiday", "illness", "training", "trip", "other"]


class AbsenceFilter(Paging):
    """Which absences."""

    member_id: Key | None = None
    at: Annotated[Instant | None, Field(description="Only those that last at this instant")] = None


class AbsenceText(Input):
    """
    When somebody is away, in [starts_at, ends_at), who stands in, and where open work goes.

    `deputy` gives it to the deputy and `team` back to the team when the absence begins.
    """

    kind: KindName = "holiday"
    starts_at: Instant
    ends_at: Instant
    deputy_id: Id | None = None
    work: Literal["stays", "deputy", "team"] = "stays"
    note: str = Field("", max_length=200)


class NewAbsence(AbsenceText):
    """An absence of a member of staff."""

    member_id: Id


class AbsenceOut(Output):
    """
    A member of staff who is away in [starts_at, ends_at).

    Why, and the note, are told to keys that keep absences, null to others.
    """

    id: int
    member_id: int
    starts_at: Instant
    ends_at: Instant
    deputy_id: int | None
    work: Literal["stays", "deputy", "team"]
    kind: KindName | None
    note: str | None


@operation("GET", "absences", right=SEE, name="listAbsences", gives=Page[AbsenceOut])
def show_all(request: Call, asked: Query[AbsenceFilter]) -> dict[str, Any]:
    """List absences of colleagues in reach, past ones too"""
    rows = _absences(request)
    if asked.member_id:
        rows = rows.filter(member=asked.member_id)
    if asked.at:
        rows = rows.filter(starts_at__lte=asked.at, ends_at__gt=asked.at)
    shown = _shown(request)
    return page_of(rows, of="absences", after=asked.after, limit=asked.limit, show=shown)


@operation("GET", ONE, right=SEE, name="getAbsence", gives=AbsenceOut)
def show(request: Call, absence_id: Key) -> dict[str, Any]:
    """Read an absence"""
    return _shown(request)(one(_absences(request), absence_id))


@operation("POST", "absences", right=KEEP, name="enterAbsence", gives=AbsenceOut, status=201)
def enter(request: Call, body: NewAbsence) -> dict[str, Any]:
    """Enter when somebody is away"""
    member = named(members_of(request.actor), body.member_id, field="member_id")
    leave = _leave(request, body)
    made = enter_absence(member, leave, by=request.actor, at=request.at)
    return _shown(request)(made)


@operation("PUT", ONE, right=KEEP, name="changeAbsence", gives=AbsenceOut)
def change(request: Call, absence_id: Key, body: AbsenceText) -> dict[str, Any]:
    """Make an absence another one; one that is over stays"""
    row = one(_absences(request), absence_id)
    leave = _leave(request, body)
    made = enter_absence(row.member, leave, absence=row, by=request.actor, at=request.at)
    return _shown(request)(made)


@operation("DELETE", ONE, right=KEEP, name="endAbsence", status=204)
def end(request: Call, absence_id: Key) -> None:
    """Withdraw an absence that has not begun; one that lasts ends now"""
    end_absence(one(_absences(request), absence_id), by=request.actor, at=request.at)


def _absences(request: Call) -> QuerySet[Absence]:
    reached = members_of(request.actor).order_by().values("pk")
    return Absence.objects.filter(member__in=reached).select_related("member__user")


def _leave(request: Call, body: AbsenceText) -> Leave:
    deputy = named_if(members_of(request.actor), body.deputy_id, field="deputy_id")
    return Leave(
        kind=AbsenceKind(body.kind),
        starts_at=body.starts_at,
        ends_at=body.ends_at,
        deputy=deputy,
        work=WorkGoes(body.work),
        note=body.note,
    )


def _shown(request: Call) -> Callable[[Absence], dict[str, Any]]:
    tells = request.actor.may(KEEP)

    def show(row: Absence) -> dict[str, Any]:
        return {
            "id": row.pk,
            "member_id": row.member_id,
            "starts_at": row.starts_at,
            "ends_at": row.ends_at,
            "deputy_id": row.deputy_id,
            "work": row.work,
            "kind": row.kind if tells else None,
            "note": row.note if tells else None,
        }

    return show
