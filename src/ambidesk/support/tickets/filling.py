"""Filling: the custom fields of tickets get values, by one verb, whoever fills them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.fields.models import Definition
from ambidesk.ground.fields.rules import values
from ambidesk.ground.fields.rules.refusals import FieldRefusal
from ambidesk.ground.fields.rules.spec import CHOSEN, NUMBERS, Kind, Spec
from ambidesk.ground.fields.rules.values import Somebody, Value
from ambidesk.ground.kernel.refusal import InvalidInput
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.people.models import Person
from ambidesk.support.tickets.events import FieldsFilled
from ambidesk.support.tickets.models import FieldValue, Ticket
from ambidesk.support.tickets.outcomes import Outcome
from ambidesk.support.tickets.recording import lock_many_unclosed, record_each

# What is asked and what it is filled with, by the ids of the fields; None empties it.
Answers = Mapping[int, Value | None]


class NoSuchField(InvalidInput):
    """The field is not there, or out of use."""

    sentence = _("This field is not in use any more.")


class NoSuchPerson(FieldRefusal):
    """Nobody is known by this id, or the actor does not see them."""

    sentence = _("There is nobody here by this number.")


def fill(ticket: Ticket, *, answers: Answers, by: Actor, at: datetime) -> Ticket:
    """
    Fill fields of the ticket; those not named stay as they are.

    Raises:
        NoSuchField: one is not in use.
        a FieldRefusal: a value does not fit its field.
        AlreadyClosed, AlreadyMerged: the ticket is over.
    """
    return fill_many([(ticket, answers)], by=by, at=at).single()


@transaction.atomic
def fill_many(pairs: Sequence[tuple[Ticket, Answers]], *, by: Actor, at: datetime) -> Outcome:
    """
    Fill fields of tickets.

    Raises:
        NoSuchField, a FieldRefusal: an answer does not fit, for none of them.
        NoSuchPerson: it names nobody whom the actor sees, for none of them.
    """
    specs = specs_of(key for _ticket, answers in pairs for key in answers)
    wanted = {ticket.pk: _fitting(answers, specs) for ticket, answers in pairs}
    rows, refused = lock_many_unclosed(ticket for ticket, _answers in pairs)
    changes = _changes(rows, wanted)
    _require_known(changes, by=by)
    _put(changes, specs)
    events = [_event(row, changes[row.pk]) for row in rows if changes[row.pk]]
    record_each(events, [row for row in rows if changes[row.pk]], by=by, at=at)
    return Outcome(done=tuple(rows), refused=refused)


def specs_of(keys: Iterable[int]) -> dict[int, Spec]:
    """
    Read the fields of these ids.

    Raises:
        NoSuchField: one is not in use.
    """
    ids = set(keys)
    rows = Definition.objects.filter(pk__in=ids, archived_at=None).prefetch_related("options")
    found = {row.pk: row.spec for row in rows}
    if missing := ids - set(found):
        raise NoSuchField(field=f"field_{min(missing)}")
    return found


def answers_of(numbers: Iterable[int]) -> dict[int, dict[int, Value]]:
    """Read what the fields of tickets are filled with, in one question."""
    ids = set(numbers)
    found: dict[int, dict[int, Value]] = {number: {} for number in ids}
    rows = FieldValue.objects.filter(ticket__in=ids)
    rows = rows.select_related("definition", "person__head")
    for row in rows.order_by("option__position", "pk"):
        theirs, key = found[row.ticket_id], row.definition_id
        if row.definition.kind in CHOSEN:
            before = theirs.get(key, ())
            theirs[key] = (*(before if isinstance(before, tuple) else ()), row.option_id or 0)
        else:
            theirs[key] = _value(row, Kind(row.definition.kind))
    return found


def rows_of(ticket_id: int, key: int, *, kind: Kind, value: Value) -> list[FieldValue]:
    """Make the rows of a value, unsaved."""
    if isinstance(value, tuple):
        return [FieldValue(ticket_id=ticket_id, definition_id=key, option_id=v) for v in value]
    # A person is written by id.
    is_person = isinstance(value, Somebody)
    column: dict[str, Any] = {_column(kind): values.written(value) if is_person else value}
    return [FieldValue(ticket_id=ticket_id, definition_id=key, **column)]


def _fitting(answers: Answers, specs: Mapping[int, Spec]) -> Answers:
    # Read once more from what is written of it: a value that came past the form is looked at too.
    return {key: values.read(specs[key], values.written(v)) for key, v in answers.items()}


def _changes(rows: Sequence[Ticket], wanted: Mapping[int, Answers]) -> dict[int, Answers]:
    before = answers_of(row.pk for row in rows)
    return {
        row.pk: {k: v for k, v in wanted[row.pk].items() if before[row.pk].get(k) != v}
        for row in rows
    }


def _require_known(changes: Mapping[int, Answers], *, by: Actor) -> None:
    named = {
        value.id: key
        for theirs in changes.values()
        for key, value in theirs.items()
        if isinstance(value, Somebody)
    }
    if not named:
        return
    rows = Person.objects.known().filter(pk__in=named)
    # Our own parts fill by a rule whose author chose the person.
    seen = rows if by.is_trusted else rows.visible_to(by)
    if missing := named.keys() - set(seen.values_list("pk", flat=True)):
        raise NoSuchPerson(field=f"field_{named[min(missing)]}")


def _put(changes: Mapping[int, Answers], specs: Mapping[int, Spec]) -> None:
    made = [
        row
        for number, theirs in changes.items()
        for key, value in theirs.items()
        if value is not None
        for row in rows_of(number, key, kind=specs[key].kind, value=value)
    ]
    by_field: dict[int, list[int]] = {}
    for number, theirs in changes.items():
        for key in theirs:
            by_field.setdefault(key, []).append(number)
    for key, numbers in by_field.items():
        FieldValue.objects.filter(definition=key, ticket__in=numbers).delete()
    FieldValue.objects.bulk_create(made)


def _event(row: Ticket, theirs: Answers) -> FieldsFilled:
    return FieldsFilled(
        ticket_id=row.pk,
        field_ids=[key for key, value in theirs.items() if value is not None],
        emptied_ids=[key for key, value in theirs.items() if value is None],
        option_ids=[each for v in theirs.values() if isinstance(v, tuple) for each in v],
        yes_ids=[key for key, value in theirs.items() if value is True],
    )


def _value(row: FieldValue, kind: Kind) -> Value:
    found = getattr(row, _column(kind))
    if kind is Kind.WHOLE:
        return found.to_integral_value()  # type: ignore[no-any-return]
    if kind is Kind.PERSON:
        return Somebody(id=row.person.whole, name=row.person.called)  # type: ignore[union-attr]  # the one column
    return found  # type: ignore[no-any-return]


def _column(kind: Kind) -> str:
    if kind in NUMBERS:
        return "number"
    return {
        Kind.YES: "is_yes",
        Kind.DAY: "day",
        Kind.INSTANT: "instant",
        Kind.PERSON: "person_id",
    }.get(kind, "words")
