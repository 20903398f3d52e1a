"""Snapshots: what many actions change on a ticket, by ids and enums, to compare and to undo."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Max, OuterRef, QuerySet, Subquery

from ambidesk.ground.fields.rules.values import Value, written
from ambidesk.support.conversations.models import Direction
from ambidesk.support.tickets.filling import answers_of
from ambidesk.support.tickets.models import Filing, Link, Note, Regrouping, Tagging, Ticket

COLUMNS = (
    "state",
    "assignee_id",
    "team_id",
    "line",
    "priority",
    "category_id",
    "request_type_id",
    "subject",
)
NEWEST = ("last_message", "last_note", "last_link", "last_regrouping")


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """
    A ticket at one moment.

    `last_...` are ids of the newest answer, note, link and regrouping: what is newer came later.
    """

    state: str
    assignee_id: int | None
    team_id: int | None
    line: int
    priority: int
    category_id: int | None
    request_type_id: int | None
    subject: str
    snoozed_until: str | None
    tags: tuple[int, ...]
    last_message: int
    last_note: int
    last_link: int
    last_regrouping: int
    # Custom fields by their ids, written as JSON; batches of before have none.
    fields: Mapping[str, Any] = field(default_factory=dict)

    def written(self) -> dict[str, Any]:
        """The form in which it is kept."""
        return asdict(self)

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> "Snapshot":
        """Read what was kept."""
        return cls(**{**kept, "tags": tuple(kept["tags"])})

    def changed(self, after: "Snapshot") -> frozenset[str]:
        """Name what differs afterwards."""
        return frozenset(
            name for name in self.__slots__ if getattr(self, name) != getattr(after, name)
        )


def snapshot_many(numbers: Collection[int]) -> Mapping[int, Snapshot]:
    """Take tickets as they are now, by their ids, in two questions."""
    rows = Ticket.objects.filter(pk__in=numbers).annotate(
        tags=ArraySubquery(
            Tagging.objects.filter(ticket=OuterRef("pk")).order_by("tag").values("tag")
        ),
        last_message=_newest(
            Filing.objects.filter(message__direction=Direction.OUTBOUND, withdrawn_at=None),
            "ticket",
            "message",
        ),
        last_note=_newest(Note.objects.all(), "ticket", "pk"),
        last_link=_newest(Link.objects.filter(undone_at=None), "source", "pk"),
        last_regrouping=_newest(Regrouping.objects.filter(undone_at=None), "source", "pk"),
    )
    wanted = ("pk", *COLUMNS, "snoozed_until", "tags", *NEWEST)
    filled = answers_of(numbers)
    return {
        key: _snapshot(row, filled[key]) for row in rows.values(*wanted) if (key := row.pop("pk"))
    }


def _snapshot(row: dict[str, Any], filled: Mapping[int, Value]) -> Snapshot:
    row["fields"] = {str(key): written(value) for key, value in sorted(filled.items())}
    until = row["snoozed_until"]
    row |= {name: row[name] or 0 for name in NEWEST}
    return Snapshot.read({**row, "snoozed_until": until.isoformat() if until else None})


def _newest(rows: QuerySet[Any], of: str, column: str) -> Subquery:
    theirs = rows.filter(**{of: OuterRef("pk")}).order_by().values(of)
    return Subquery(theirs.annotate(newest=Max(column)).values("newest"))
