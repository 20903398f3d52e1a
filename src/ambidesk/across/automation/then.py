"""A ticket as it was: today's row with the columns of a moment in its past laid over it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from ambidesk.across.automation.rules.standing import Standing
from ambidesk.across.automation.rules.telling import Today
from ambidesk.ground.kernel.journal import Entry
from ambidesk.parties.people.models import Join
from ambidesk.service.sla.rules.clocks import fold
from ambidesk.support.promises.reading import facts_of
from ambidesk.support.promises.settling import next_due
from ambidesk.support.tickets.models import FieldValue, Ticket

OVERLAID = (
    "state",
    "waiting_for",
    "priority",
    "team_id",
    "assignee_id",
    "category_id",
    "request_type_id",
    "company_id",
    "site_id",
    "suspended",
    "unread",
    "line",
    "returned_times",
    "reopened_times",
    "last_at",
    "last_inbound_at",
    "first_answered_at",
    "waiting_since",
    "snoozed_until",
    "solved_at",
    "closed_at",
)


@dataclass(frozen=True, slots=True)
class _Tag:
    tag_id: int


@dataclass(frozen=True, slots=True)
class _Tags:
    ids: frozenset[int]

    def all(self) -> list[_Tag]:
        """What a row of links would give."""
        return [_Tag(each) for each in self.ids]


class Then:
    """What conditions ask of a ticket, answered for a moment; the rest is as today."""

    __slots__ = ("_entries", "_standing", "_ticket", "taggings")

    def __init__(
        self, ticket: Ticket, standing: Standing, *, entries: Sequence[Entry] | None = None
    ) -> None:
        self._ticket = ticket
        self._entries = entries
        self._standing = standing
        self.taggings = _Tags(standing.tags)

    @property
    def due_at(self) -> datetime | None:
        """What was due first, by the entries up to the moment; without them what is due today."""
        if self._entries is None:
            return self._ticket.due_at
        return next_due(fold(facts_of(self._entries, suspended=self._standing.suspended)))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._standing if name in OVERLAID else self._ticket, name)


def tickets_of_today(numbers: Iterable[int]) -> dict[int, Ticket]:
    """Read tickets with all that conditions ask of them."""
    rows = Ticket.objects.select_related("requester", "requester_identity", "site")
    values = Prefetch("field_values", FieldValue.objects.select_related("person__head"))
    return rows.prefetch_related("taggings", values).in_bulk(sorted(set(numbers)))


def regrouped_among(numbers: Iterable[int]) -> frozenset[int]:
    """Say of which somebody was joined with the requester, or a ticket of theirs merged."""
    rows = Ticket.objects.filter(Exists(_joins()) | Exists(_merged()), pk__in=set(numbers))
    return frozenset(rows.values_list("pk", flat=True))


def _joins() -> QuerySet[Join]:
    whole = OuterRef("requester__whole")
    return Join.objects.filter(Q(one__whole=whole) | Q(other__whole=whole))


def _merged() -> QuerySet[Ticket]:
    theirs = Ticket.objects.filter(requester__whole=OuterRef("requester__whole"))
    return theirs.filter(merged_into__isnull=False)


def today_of(ticket: Ticket, *, is_regrouped: bool = False) -> Today:
    """Say what is so today; whether it was regrouped matters only to what can be known of then."""
    return Today(
        priority=ticket.priority,
        team_id=ticket.team_id,
        assignee_id=ticket.assignee_id,
        category_id=ticket.category_id,
        request_type_id=ticket.request_type_id,
        company_id=ticket.company_id,
        site_id=ticket.site_id,
        tags=frozenset(each.tag_id for each in ticket.taggings.all()),
        suspended=ticket.suspended,
        line=ticket.line,
        opened_at=ticket.opened_at,
        is_regrouped=is_regrouped,
    )


def differences(ticket: Ticket, standing: Standing, *, among: Sequence[str] = OVERLAID) -> set[str]:
    """Name the columns in which a ticket is not as its journal tells; none, if all is well."""
    return {name for name in among if getattr(ticket, name) != getattr(standing, name)}
