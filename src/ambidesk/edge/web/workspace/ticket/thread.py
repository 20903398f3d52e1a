"""The thread of a ticket as it is read: messages, notes and events in one order, days apart."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import takewhile
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import IntegerField, OuterRef, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.functions import JSONObject
from django.utils.timezone import localtime

from ambidesk.edge.web.workspace.ticket.beside import beside
from ambidesk.edge.web.workspace.ticket.messages import Utterance, in_order, read_message
from ambidesk.edge.web.workspace.ticket.names import Event
from ambidesk.edge.web.workspace.ticket.sentences import event_of
from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.journal import Entry
from ambidesk.ground.kernel.preparing import prepared
from ambidesk.parties.staff.models import Team
from ambidesk.support.conversations.models import Attachment, Delivery, Direction, Edit, Message
from ambidesk.support.tickets.models import Mention, Note, NoteFile, Ticket
from ambidesk.support.tickets.rules.mentions import cut

# What is shown at once; the rest of a long thread is folded.
SHOWN = 30
STEP = 100
MOST = 1030
# The files of a message beside it, without a query of their own.
ENCLOSED = ArraySubquery(
    Attachment.objects.filter(message=OuterRef("pk"))
    .order_by("pk")
    .values(
        row=JSONObject(
            key="key",
            name="name",
            inline="inline",
            size="blob__size_bytes",
            type="blob__content_type",
        )
    )
)
FILED = "SELECT count(*) FROM tickets_filing WHERE ticket_id = %s AND withdrawn_at IS NULL"
# So with how far it got: one line for each recipient.
HANDED = ArraySubquery(
    Delivery.objects.filter(message=OuterRef("pk"))
    .order_by("pk")
    .values(
        row=JSONObject(
            id="pk",
            address="recipient__value",
            display="recipient__display",
            way="recipient__kind",
            state="state",
            due_at="due_at",
            trouble="trouble",
            status="status",
            last_error="last_error",
            attempts="attempts",
        )
    )
)
# And what its sender made of it later.
EDITED = ArraySubquery(
    Edit.objects.filter(message=OuterRef("pk"))
    .order_by("edited_at")
    .values(row=JSONObject(at="edited_at", text="text"))
)
# The notes of a ticket beside it.
NOTES = ArraySubquery(
    Note.objects.filter(ticket=OuterRef("pk"))
    .order_by("pk")
    .values(
        row=JSONObject(
            id="pk",
            at="at",
            text="text",
            name="author__name",
            address="author__email",
            named=ArraySubquery(
                Mention.objects.filter(note=OuterRef("pk")).values("user__name"),
            ),
            files=ArraySubquery(
                NoteFile.objects.filter(note=OuterRef("pk"))
                .order_by("pk")
                .values(row=JSONObject(key="key", name="name", size_bytes="blob__size_bytes")),
            ),
            teams=ArraySubquery(
                Team.objects.filter(brands=OuterRef("ticket__brand"), archived_at=None).values(
                    "name"
                ),
            ),
        )
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """A note as it is shown; of its parts those are marked that name a colleague or a team."""

    id: int
    at: datetime
    name: str
    parts: tuple[tuple[str, bool], ...]
    files: tuple[Mapping[str, Any], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of the thread: a message, a note, or events folded together."""

    at: datetime
    message: Utterance | None = None
    note: Remark | None = None
    events: tuple[Event, ...] = ()

    @property
    def day(self) -> str:
        """Its day by the reader's clock."""
        return _day(self.at).isoformat()


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """The rows that are shown, how many older messages are folded, the newest message's id."""

    rows: tuple[Row, ...]
    older: int
    shown: int
    newest: int
    # Who spoke last through a login that several people share.
    speaker: str = ""

    @property
    def handed(self) -> int:
        """The last that happened with contractors, as far as it is shown."""
        told = (each for row in self.rows for each in row.events)
        return max((e.id for e in told if e.kind.startswith("handovers.")), default=0)

    @property
    def further(self) -> int:
        """How many are shown when more are asked for."""
        return self.shown + STEP


def read_thread(ticket: Ticket, *, at: datetime, shown: int = SHOWN) -> Conversation:
    """
    Read the newest messages of a ticket's thread, and what happened since the first of them.

    The ticket is one that was read with `NOTES` beside it, as `remarks`.
    """
    messages = _newest(ticket, shown + 1)
    older = 0
    if len(messages) > shown:
        older = vars(messages[0])["filed"] - shown
        messages = messages[:shown]
    said = _utterances(ticket, messages, at)
    rows = [Row(at=each.at, message=each) for each in in_order(said)]
    since = min((row.at for row in rows), default=ticket.opened_at) if older else None
    rows += _notes(beside(ticket, "remarks"), since)
    rows += _events(journal.entries_of("ticket", ticket.pk), since)
    rows.sort(key=lambda row: row.at)
    return Conversation(
        rows=_folded(rows),
        older=older,
        shown=shown,
        newest=max((m.pk for m in messages), default=0),
        speaker=next((m.spoken_by for m in messages if m.direction == Direction.INBOUND), ""),
    )


def _newest(ticket: Ticket, number: int) -> list[Message]:
    """Read the newest messages of a ticket, and with each how many there are at all."""

    def make(slots: Mapping[str, int]) -> QuerySet[Message]:
        at = {"filings__ticket": slots["ticket"], "filings__withdrawn_at": None}
        filed = RawSQL(FILED, [slots["ticket"]], IntegerField())  # noqa: S611 constant
        rows = Message.objects.filter(**at).order_by("-pk")
        rows = rows.select_related("sender", "author", "thread__channel", "speaker__person__head")
        beside = {"enclosed": ENCLOSED, "handed": HANDED, "edited": EDITED}
        return rows.annotate(**beside, filed=filed)[:number]

    return prepared(("thread", number), make, ticket=ticket.pk)


def count_since(ticket: Ticket, message: int) -> int:
    """Count the messages of a ticket from a certain one on."""
    filed = Message.objects.filter(filings__ticket=ticket, filings__withdrawn_at=None)
    return filed.filter(pk__gte=message).count()


def _utterances(ticket: Ticket, messages: Sequence[Message], at: datetime) -> list[Utterance]:
    """Show messages, newest first, the first of those marked that nobody has looked at."""
    said = [
        read_message(
            each,
            enclosed=beside(each, "enclosed"),
            handed=beside(each, "handed"),
            edited=beside(each, "edited"),
            at=at,
        )
        for each in messages
    ]
    if not ticket.unread:
        return said
    fresh = list(takewhile(lambda each: each.is_inbound, said))
    if fresh and len(fresh) < len(said):
        said[len(fresh) - 1] = replace(fresh[-1], is_first_unread=True)
    return said


def _notes(rows: Iterable[Mapping[str, Any]], since: datetime | None) -> Iterable[Row]:
    for row in rows:
        at = datetime.fromisoformat(row["at"])
        if since is None or at >= since:
            name = row["name"] or row["address"] or ""
            parts = tuple(cut(row["text"], [*row["named"], *row["teams"]]))
            note = Remark(id=row["id"], at=at, name=name, parts=parts, files=tuple(row["files"]))
            yield Row(at=at, note=note)


def _events(entries: Sequence[Entry], since: datetime | None) -> list[Row]:
    # What a macro did stands under the one entry that names it.
    gathered = {each for entry in entries for each in entry.data.get("sequences", ())}
    seen = [each for each in _after(entries, since) if each.position.sequence not in gathered]
    told = [event_of(entry) for entry in seen]
    return [Row(at=event.at, events=(event,)) for event in told if event]


def _after(entries: Sequence[Entry], since: datetime | None) -> Iterable[Entry]:
    return (entry for entry in entries if since is None or entry.at >= since)


def _folded(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Put events that stand together into one row, day by day."""
    folded: list[Row] = []
    for row in rows:
        last = folded[-1] if folded else None
        if row.events and last and last.events and _day(last.at) == _day(row.at):
            folded[-1] = Row(at=row.at, events=last.events + row.events)
        else:
            folded.append(row)
    return tuple(folded)


def _day(at: datetime) -> date:
    return localtime(at).date()
