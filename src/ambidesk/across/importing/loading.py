"""
Loading: a plan is carried out in transactions of at most 500 rows.

Whatever is stopped between two of them goes on from there when the same file is loaded again.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import connection, transaction
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from ambidesk.across.importing.knowing import Known, make_missing
from ambidesk.across.importing.models import ImportedTicket, ImportRun
from ambidesk.across.importing.planning import Plan
from ambidesk.across.importing.requesters import Requester, requesters
from ambidesk.across.importing.rules.histories import History, differences
from ambidesk.across.importing.rules.mapping import Kind, Mapping
from ambidesk.ground.kernel.journal import Origin
from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.ground.reach.actor import Actor, ActorKind
from ambidesk.parties.brands.models import Brand
from ambidesk.support.conversations.models import Channel, ChannelKind, Message
from ambidesk.support.conversations.recalling import Recalled, recall_words
from ambidesk.support.tickets.models import Priority
from ambidesk.support.tickets.recalling import Past, Step, recall_many, recall_on

AT_ONCE = 500
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Loading:
    """Where the tickets of a file go."""

    mapping: Mapping
    brand: Brand
    here: Known


class ImportRunning(Refusal):
    """Two at once would bring in the same rows twice."""

    sentence = _("An import from %(source)s is running already.")


def load(plan: Plan, loading: Loading, *, at: datetime, progress: Progress) -> ImportRun:
    """
    Write what the plan says; `progress` hears how many rows of how many are in.

    Raises:
        ImportRunning: another one from the same source is at work.
    """
    with alone(loading.mapping.source):
        return _load(plan, loading, at=at, progress=progress)


@contextmanager
def alone(source: str) -> Iterator[None]:
    """
    Hold the source for this session: it outlasts the transactions of the batches.

    Raises:
        ImportRunning: another session holds it.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtext(%s))", [f"import:{source}"])
        if cursor.fetchone() != (True,):
            raise ImportRunning(source=source)
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(hashtext(%s))", [f"import:{source}"])


def _load(plan: Plan, loading: Loading, *, at: datetime, progress: Progress) -> ImportRun:
    mapping = loading.mapping
    run = ImportRun.objects.create(
        source=mapping.source, begun_at=at, held=len(plan.held), unchanged=len(plan.unchanged)
    )
    by = Actor(kind=ActorKind.IMPORT, id=run.pk, origin=Origin.IMPORT)
    grown = {history.key: row for history, row in plan.grown}
    coming = [*plan.new, *(history for history, _row in plan.grown)]
    with transaction.atomic():
        here = make_missing(
            coming, loading.here, mapping=mapping, brand=loading.brand, by=by, at=at
        )
        channel = _channel(mapping.source, loading.brand)
    batch = _Batch(replace(loading, here=here), channel, by, at)
    done, whole = 0, sum(len(each.rows) for each in coming)
    for part in _parts(coming):
        with transaction.atomic():
            batch.write_new([each for each in part if each.key not in grown])
            batch.write_grown([(each, grown[each.key]) for each in part if each.key in grown])
            fresh = sum(1 for each in part if each.key not in grown)
            ImportRun.objects.filter(pk=run.pk).update(
                created=F("created") + fresh, continued=F("continued") + len(part) - fresh
            )
        done += sum(len(each.rows) for each in part)
        progress(done, whole)
    ImportRun.objects.filter(pk=run.pk).update(ended_at=at)
    run.refresh_from_db()
    return run


def _parts(histories: Sequence[History]) -> Iterator[list[History]]:
    part: list[History] = []
    rows = 0
    for history in histories:
        if part and rows + len(history.rows) > AT_ONCE:
            yield part
            part, rows = [], 0
        part.append(history)
        rows += len(history.rows)
    if part:
        yield part


def _channel(source: str, brand: Brand) -> Channel:
    """The channel in whose talks the words of a source stand; nothing comes or goes by it."""
    made, _is_new = Channel.objects.get_or_create(
        kind=ChannelKind.HAND,
        address=f"import:{brand.pk}:{source}",
        defaults={"brand": brand, "name": source, "enabled": False},
    )
    return made


class _Batch:
    """What all tickets of a run share."""

    def __init__(self, loading: Loading, channel: Channel, by: Actor, at: datetime) -> None:
        self._source, self._brand = loading.mapping.source, loading.brand
        self._here, self._channel = loading.here, channel
        self._by, self._at = by, at

    def write_new(self, histories: Sequence[History]) -> None:
        """Write tickets that are not here."""
        whose = requesters(histories, source=self._source, by=self._by, at=self._at)
        said = self._words([(each, 0, whose[each.key]) for each in histories])
        pasts = [self._past(each, whose[each.key], said) for each in histories]
        tickets = recall_many(pasts, by=self._by, at=self._at)
        ImportedTicket.objects.bulk_create(
            [
                ImportedTicket(
                    source=self._source,
                    key=history.key,
                    ticket=ticket,
                    rows=len(history.rows),
                    digest=history.digest(),
                )
                for history, ticket in zip(histories, tickets, strict=True)
            ]
        )

    def write_grown(self, grown: Sequence[tuple[History, ImportedTicket]]) -> None:
        """Go on with tickets of which the file knows more now."""
        if not grown:
            return
        histories = [history for history, _row in grown]
        whose = requesters(histories, source=self._source, by=self._by, at=self._at)
        said = self._words([(each, row.rows, whose[each.key]) for each, row in grown])
        recall_on(
            ((row.ticket, self._steps(each, said, after=row.rows)) for each, row in grown),
            at=self._at,
        )
        for history, row in grown:
            row.rows, row.digest = len(history.rows), history.digest()
        ImportedTicket.objects.bulk_update([row for _history, row in grown], ["rows", "digest"])

    def _words(
        self, asked: Sequence[tuple[History, int, Requester]]
    ) -> dict[tuple[str, int], Message]:
        """Write what was said, by the history's key and the line."""
        told = [
            (history.key, row.line, self._recalled(history, row.line, whose))
            for history, after, whose in asked
            for row in history.rows[after:]
            if row.kind in {Kind.MESSAGE, Kind.ANSWER}
        ]
        messages = recall_words([words for _key, _line, words in told], at=self._at)
        return {
            (key, line): message
            for (key, line, _words), message in zip(told, messages, strict=True)
        }

    def _recalled(self, history: History, line: int, whose: Requester) -> Recalled:
        row = next(each for each in history.rows if each.line == line)
        is_ours = row.kind is Kind.ANSWER
        return Recalled(
            channel=self._channel,
            thread_key=history.key,
            text=row.text,
            at=row.at,
            sender=None if is_ours else whose.identity,
            author=self._here.staff[row.actor].user if is_ours else None,
        )

    def _past(
        self, history: History, whose: Requester, said: dict[tuple[str, int], Message]
    ) -> Past:
        first = history.rows[0]
        return Past(
            brand=self._brand,
            channel=self._channel,
            requester=whose.person,
            identity=whose.identity,
            subject=history.first("subject") or history.key,
            opened_at=history.opened_at,
            team=self._here.teams[first.team] if first.team else None,
            priority=first.priority or Priority.NORMAL,
            category=self._here.categories[first.category] if first.category else None,
            steps=self._steps(history, said),
        )

    def _steps(
        self, history: History, said: dict[tuple[str, int], Message], after: int = 0
    ) -> list[Step]:
        here = self._here
        steps = []
        for each in list(differences(history))[after:]:
            row, words = each.row, said.get((history.key, each.row.line))
            charge = each.charge
            steps.append(
                Step(
                    at=row.at,
                    by=self._who(row.actor),
                    charge=(here.staff.get(charge[0]), here.teams.get(charge[1]))
                    if charge
                    else None,
                    state=each.state,
                    priority=row.priority,
                    category=here.categories[row.category] if row.category else None,
                    heard=words if row.kind is Kind.MESSAGE else None,
                    said=words if row.kind is Kind.ANSWER else None,
                    note=row.text if row.kind is Kind.NOTE else "",
                )
            )
        return steps

    def _who(self, actor: str) -> Actor:
        member = self._here.staff.get(actor)
        if member is None:
            return self._by
        return Actor(kind=ActorKind.USER, id=member.user_id, origin=Origin.IMPORT)
