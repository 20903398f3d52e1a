"""The audit trail: who did what when, read by a right of its own; nobody changes what it tells."""

from datetime import datetime
from typing import Annotated, Any, Literal

from django.utils.translation import gettext_lazy as _
from ninja import Query
from pydantic import Field

from ambidesk.edge.api.door import Call
from ambidesk.edge.api.operations import operation
from ambidesk.edge.api.paging import NoSuchPlace, cursor, place_in
from ambidesk.edge.api.reaching import require_all
from ambidesk.edge.api.schemas import Input, Instant, Key, Output, Page
from ambidesk.ground.kernel.journal import Entry, Mark, Wanted, acts
from ambidesk.ground.kernel.refusal import InvalidInput
from ambidesk.ground.reach.rights import ReachRight

NOUN = "Watch"
OF = "audit"


class HalfNamed(InvalidInput):
    """A kind without its id, or an id without its kind."""

    sentence = _("Name both: the kind and the id.")


class AuditFilter(Input):
    """Whose acts, on what, of which kind, when; times are half-open."""

    actor_kind: Literal["user", "api_key", "contact"] | None = None
    actor_id: Key | None = None
    subject_kind: Annotated[str, Field(max_length=30, pattern="^[a-z_]+$")] | None = None
    subject_id: Key | None = None
    kind: Annotated[str, Field(max_length=60, pattern="^[a-z_.]+$")] | None = None
    since: Instant | None = None
    until: Instant | None = None
    after: str = Field("", max_length=500, description="The `next` of the page before")
    limit: int = Field(50, ge=1, le=100)


class NamedThing(Output):
    """A kind and an id of it; `id` is null where there is one of its kind only."""

    kind: str
    id: int | None


class ActOut(Output):
    """One thing that somebody did: ids, enums and numbers, never a text."""

    id: int
    at: Instant
    kind: str
    actor: NamedThing
    subject: NamedThing
    data: dict[str, Any]


@operation("GET", "audit", right=ReachRight.AUDIT, name="listActs", gives=Page[ActOut])
def show(request: Call, asked: Query[AuditFilter]) -> dict[str, Any]:
    """
    List who did what when, the latest first

    Without an actor or a subject: what is not the daily flow of tickets and mail. It tells of all
    brands, so the key must reach all of them.
    """
    require_all(request.actor)
    found = acts(_wanted(asked), before=_mark(asked.after), limit=asked.limit + 1)
    shown = found[: asked.limit]
    following = None
    if len(found) > asked.limit:
        last = shown[-1]
        following = cursor(OF, [last.at.isoformat(), last.position.sequence])
    return {"items": [_act(each) for each in shown], "next": following}


def _wanted(asked: AuditFilter) -> Wanted:
    return Wanted(
        actor=_pair(asked.actor_kind, asked.actor_id, field="actor_id"),
        subject=_pair(asked.subject_kind, asked.subject_id, field="subject_id"),
        kinds=(asked.kind,) if asked.kind else (),
        since=asked.since,
        until=asked.until,
    )


def _pair(kind: str | None, number: int | None, *, field: str) -> tuple[str, int] | None:
    if (kind is None) != (number is None):
        raise HalfNamed(field=f"query.{field}")
    return (kind, number) if kind is not None and number is not None else None


def _mark(after: str) -> Mark | None:
    if not after:
        return None
    place = place_in(OF, after)
    if len(place) != 2:
        raise NoSuchPlace(field="after")
    return Mark(at=datetime.fromisoformat(place[0]), sequence=place[1])


def _act(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.position.sequence,
        "at": entry.at,
        "kind": entry.kind,
        "actor": {"kind": entry.actor_kind, "id": entry.actor_id},
        "subject": {"kind": entry.subject_kind, "id": entry.subject_id},
        "data": entry.data,
    }
