"""
Restoring: what was done to tickets at once is undone, where nobody has changed it since.

Notes stay, and so do answers that have left; everything else goes back to what it was.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.fields.models import Definition
from ambidesk.ground.fields.rules import values
from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.staff.models import Member, Team
from ambidesk.service.catalogue.models import Category, RequestType, Tag
from ambidesk.support.conversations.models import Message
from ambidesk.support.tickets.assigning import Charge, assign_many
from ambidesk.support.tickets.closing import bring_back_many, wait_many
from ambidesk.support.tickets.describing import (
    categorise_many,
    convert_many,
    prioritise_many,
    rename_many,
    tag_many,
)
from ambidesk.support.tickets.filling import fill_many
from ambidesk.support.tickets.linking import unlink
from ambidesk.support.tickets.models import Link, Priority, Regrouping, State, Ticket
from ambidesk.support.tickets.outcomes import Outcome, whole_or_not
from ambidesk.support.tickets.recording import lock_many
from ambidesk.support.tickets.regrouping import undo as regroup_back
from ambidesk.support.tickets.rules.states import ENDED
from ambidesk.support.tickets.snapshots import COLUMNS, Snapshot, snapshot_many
from ambidesk.support.tickets.snoozing import snooze_many, wake_many
from ambidesk.support.tickets.withdrawing import AlreadySent, withdraw_answer

# What stays when the rest is undone, so that it does not stand in the way.
STAYING = frozenset({"last_note", "last_message"})
# What can only be set on a ticket that is not closed.
OPENED = frozenset({*COLUMNS, "fields"})


class ChangedSince(Refusal):
    """Somebody changed it afterwards."""

    sentence = _("Ticket #%(number)s was changed since.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A ticket as it was before and as it was after."""

    number: int
    before: Snapshot
    after: Snapshot


@transaction.atomic
def restore_many(changes: Sequence[Change], *, by: Actor, at: datetime) -> Outcome:
    """Bring tickets back to what they were before, whole or not at all, each for itself."""
    rows = lock_many(Ticket(pk=change.number) for change in changes)
    current = snapshot_many([row.pk for row in rows])
    refused: dict[int, Refusal] = {}
    wanted: dict[int, Change] = {}
    for change in changes:
        moved, now = _moved(change) - STAYING, current[change.number]
        if any(getattr(now, name) != getattr(change.after, name) for name in moved):
            refused[change.number] = ChangedSince(number=change.number)
        else:
            wanted[change.number] = change

    def run(numbers: Collection[int]) -> Mapping[int, Refusal]:
        going = {number: wanted[number] for number in sorted(numbers)}
        refused = _take_back(going, by=by, at=at)
        refused |= _describe_back(going, by=by, at=at)
        return refused | _move_back(going, current, by=by, at=at)

    refused |= whole_or_not(wanted, run)
    done = Ticket.objects.filter(pk__in=set(wanted) - set(refused)).order_by("pk")
    return Outcome(done=tuple(done), refused=refused)


def _take_back(going: Mapping[int, Change], *, by: Actor, at: datetime) -> dict[int, Refusal]:
    """Take back what can be: answers that have not left, links, merges."""
    refused: dict[int, Refusal] = {}
    for number, change in going.items():
        before, after = change.before, change.after
        ties = {"source": number, "undone_at": None}
        if after.last_regrouping > before.last_regrouping:
            try:
                for made in Regrouping.objects.filter(pk__gt=before.last_regrouping, **ties):
                    regroup_back(made, by=by, at=at)
            except Refusal as refusal:
                refused[number] = refusal
                continue
        if after.last_link > before.last_link:
            for tie in Link.objects.filter(
                pk__gt=before.last_link, pk__lte=after.last_link, **ties
            ):
                unlink(tie, by=by, at=at)
        if after.last_message > before.last_message:
            _withdraw(number, change, by=by, at=at)
    return refused


def _withdraw(number: int, change: Change, *, by: Actor, at: datetime) -> None:
    said = Message.objects.filter(
        filings__ticket=number,
        filings__withdrawn_at=None,
        author=by.user_id,
        pk__gt=change.before.last_message,
        pk__lte=change.after.last_message,
    )
    for message in said:
        try:
            withdraw_answer(Ticket(pk=number), message, by=by, at=at)
        except AlreadySent:
            continue


def _describe_back(going: Mapping[int, Change], *, by: Actor, at: datetime) -> dict[int, Refusal]:
    """Open what ended first, for nothing can be changed on what is closed; then set it all."""
    rows = Ticket.objects.in_bulk(list(going))
    shut = [row for row in rows.values() if row.state in ENDED and OPENED & _moved(going[row.pk])]
    outcomes = [bring_back_many([(row, State.OPEN) for row in shut], by=by, at=at)]
    outcomes.append(assign_many(_charges(going, rows), by=by, at=at))
    subjects = [(rows[n], going[n].before.subject) for n in _which(going, "subject")]
    outcomes.append(rename_many(subjects, by=by, at=at))
    priorities = [(rows[n], Priority(going[n].before.priority)) for n in _which(going, "priority")]
    outcomes.append(prioritise_many(priorities, by=by, at=at))
    wanted = _which(going, "category_id")
    categories = Category.objects.in_bulk({going[n].before.category_id for n in wanted} - {None})
    chosen = [(rows[n], categories.get(going[n].before.category_id or 0)) for n in wanted]
    outcomes.append(categorise_many(chosen, by=by, at=at))
    wanted = _which(going, "request_type_id")
    types = RequestType.objects.in_bulk({going[n].before.request_type_id for n in wanted} - {None})
    kinds = [(rows[n], types.get(going[n].before.request_type_id or 0)) for n in wanted]
    outcomes.append(convert_many(kinds, by=by, at=at))
    _tag_back(going, rows, by=by, at=at)
    return _fill_back(going, rows, by=by, at=at) | _refused_in(outcomes)


def _fill_back(
    going: Mapping[int, Change], rows: Mapping[int, Ticket], *, by: Actor, at: datetime
) -> dict[int, Refusal]:
    """Fill fields as they were; those out of use since stay."""
    wanted = {n: _answers_before(going[n]) for n in _which(going, "fields")}
    keys = {key for answers in wanted.values() for key in answers}
    standing = Definition.objects.filter(pk__in=keys, archived_at=None)
    specs = {row.pk: row.spec for row in standing.prefetch_related("options")}
    refused: dict[int, Refusal] = {}
    for number, answers in wanted.items():
        try:
            before = {k: values.read(specs[k], v) for k, v in answers.items() if k in specs}
            refused |= fill_many([(rows[number], before)], by=by, at=at).refused
        except Refusal as refusal:
            refused[number] = refusal
    return refused


def _answers_before(change: Change) -> dict[int, object]:
    before, after = change.before.fields, change.after.fields
    moved = {key for key in {*before, *after} if before.get(key) != after.get(key)}
    return {int(key): before.get(key) for key in moved}


def _charges(
    going: Mapping[int, Change], rows: Mapping[int, Ticket]
) -> list[tuple[Ticket, Charge]]:
    wanted = {n for name in ("assignee_id", "team_id", "line") for n in _which(going, name)}
    members = Member.objects.select_related("user").in_bulk(
        {going[n].before.assignee_id for n in wanted} - {None}
    )
    teams = Team.objects.in_bulk({going[n].before.team_id for n in wanted} - {None})
    return [
        (
            rows[n],
            Charge(
                assignee=members.get(going[n].before.assignee_id or 0),
                team=teams.get(going[n].before.team_id or 0),
                to_line=going[n].before.line,
            ),
        )
        for n in sorted(wanted)
    ]


def _tag_back(
    going: Mapping[int, Change], rows: Mapping[int, Ticket], *, by: Actor, at: datetime
) -> None:
    alike: dict[tuple[frozenset[int], frozenset[int]], list[Ticket]] = defaultdict(list)
    for number in _which(going, "tags"):
        before, after = set(going[number].before.tags), set(going[number].after.tags)
        alike[frozenset(before - after), frozenset(after - before)].append(rows[number])
    tags = Tag.objects.in_bulk({each for pair in alike for ids in pair for each in ids})
    for (add, remove), tickets in alike.items():
        adding = [tags[each] for each in sorted(add) if each in tags]
        removing = [tags[each] for each in sorted(remove) if each in tags]
        tag_many(tickets, add=adding, remove=removing, by=by, at=at)


def _move_back(
    going: Mapping[int, Change], current: Mapping[int, Snapshot], *, by: Actor, at: datetime
) -> dict[int, Refusal]:
    """What the steps have not moved is now as it was found, though undoing moved it on the way."""
    rows = Ticket.objects.in_bulk(list(going))
    alike: dict[str, list[Ticket]] = defaultdict(list)
    asleep, awake = [], []
    for number, change in going.items():
        moved, row = _moved(change), rows[number]
        state = (change.before if "state" in moved else current[number]).state
        until = (change.before if "snoozed_until" in moved else current[number]).snoozed_until
        if row.state != state:
            alike[state].append(row)
        elif "snoozed_until" not in moved:
            continue
        if until and datetime.fromisoformat(until) > at:
            asleep.append((row, datetime.fromisoformat(until)))
        else:
            awake.append(row)
    outcomes = [wait_many(some, State(state), by=by, at=at) for state, some in alike.items()]
    outcomes.append(snooze_many(asleep, by=by, at=at))
    outcomes.append(wake_many(awake, by=by, at=at))
    return _refused_in(outcomes)


def _moved(change: Change) -> frozenset[str]:
    return change.before.changed(change.after)


def _refused_in(outcomes: Iterable[Outcome]) -> dict[int, Refusal]:
    return {number: why for outcome in outcomes for number, why in outcome.refused.items()}


def _which(going: Mapping[int, Change], name: str) -> list[int]:
    return sorted(number for number, change in going.items() if name in _moved(change))
