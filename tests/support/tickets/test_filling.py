"""Filling: custom fields of tickets hold typed values, told by ids only, gone when erased."""

from datetime import UTC

import pytest

from ambidesk.across.privacy.erasing import erase
from ambidesk.ground.conditions.binding import bind
from ambidesk.ground.conditions.compiling import compiled
from ambidesk.ground.conditions.evaluating import holds
from ambidesk.ground.conditions.parsing import read
from ambidesk.ground.fields.defining import Choice, Wanted, archive, define
from ambidesk.ground.fields.models import Definition
from ambidesk.ground.fields.rules.form import Form, Needed, Question, Section
from ambidesk.ground.fields.rules.refusals import NotAnOption, WrongValue
from ambidesk.ground.fields.rules.spec import CHOSEN, Kind, Limits, Texts
from ambidesk.ground.fields.rules.values import Somebody, Value, typed
from ambidesk.ground.kernel.journal import entries_of
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.parties.people.joining import join as join_persons
from ambidesk.parties.people.parting import part
from ambidesk.service.catalogue.asking import shape
from ambidesk.service.catalogue.models import RequestType
from ambidesk.support.tickets.closing import NotFilledIn, close, solve
from ambidesk.support.tickets.describing import convert
from ambidesk.support.tickets.fields import TICKET_VOCABULARY, asker_of
from ambidesk.support.tickets.filling import (
    NoSuchField,
    NoSuchPerson,
    answers_of,
    fill,
    fill_many,
)
from ambidesk.support.tickets.models import FieldValue, State, Ticket
from ambidesk.support.tickets.recording import AlreadyClosed
from tests.cast import Cast
from tests.ground.fields.making import TYPED

pytestmark = pytest.mark.django_db


def _field(cast: Cast, kind: Kind) -> Definition:
    names = ("Kitchen", "Cellar") if kind in CHOSEN else ()
    wanted = Wanted(
        kind=kind,
        label=Texts(en=f"A {kind}"),
        limits=Limits(currency="EUR") if kind is Kind.MONEY else Limits(),
        choices=tuple(Choice(label=Texts(en=name)) for name in names),
    )
    return define(None, wanted=wanted, by=SYSTEM, at=cast.at)


def _value(row: Definition, cast: Cast) -> Value | None:
    spec = row.spec
    if spec.kind is Kind.PERSON:
        return Somebody(id=cast.boris.person_id)
    said = [str(each.id) for each in spec.options] or [TYPED[spec.kind]]
    return typed(spec, said if spec.kind is Kind.SEVERAL else said[:1], zone=UTC)


@pytest.mark.parametrize("kind", list(Kind))
def test_a_value_of_each_kind_comes_back_as_it_was(cast: Cast, kind: Kind) -> None:
    ticket, row = cast.ticket(), _field(cast, kind)
    value = _value(row, cast)
    fill(ticket, answers={row.pk: value}, by=SYSTEM, at=cast.at)
    assert answers_of([ticket.pk]) == {ticket.pk: {row.pk: value}}
    fill(ticket, answers={row.pk: None}, by=SYSTEM, at=cast.at)
    assert answers_of([ticket.pk]) == {ticket.pk: {}}


def test_the_journal_tells_which_fields_and_which_choices_and_no_words(cast: Cast) -> None:
    ticket, room, floor = cast.ticket(), _field(cast, Kind.CHOICE), _field(cast, Kind.TEXT)
    first = room.spec.options[0].id
    olga = cast.actor(cast.olga)
    answers: dict[int, Value | None] = {room.pk: (first,), floor.pk: "the third"}
    fill(ticket, answers=answers, by=olga, at=cast.at)
    fill(ticket, answers=answers, by=olga, at=cast.at)
    (entry,) = [each for each in entries_of("ticket", ticket.pk) if "filled" in each.kind]
    assert entry.data["field_ids"] == [room.pk, floor.pk]
    assert entry.data["option_ids"] == [first]
    assert "third" not in str(entry.data)


def test_what_does_not_fit_is_refused_for_all(cast: Cast) -> None:
    one, other, room = cast.ticket(), cast.ticket(), _field(cast, Kind.CHOICE)
    with pytest.raises(NotAnOption):
        fill_many([(one, {room.pk: (7,)}), (other, {room.pk: None})], by=SYSTEM, at=cast.at)
    with pytest.raises(WrongValue):
        fill(one, answers={_field(cast, Kind.TEXT).pk: True}, by=SYSTEM, at=cast.at)
    assert not FieldValue.objects.exists()


def test_an_archived_field_keeps_its_values_and_takes_no_new_ones(cast: Cast) -> None:
    ticket, row = cast.ticket(), _field(cast, Kind.TEXT)
    fill(ticket, answers={row.pk: "here"}, by=SYSTEM, at=cast.at)
    archive(row, by=SYSTEM, at=cast.at)
    with pytest.raises(NoSuchField):
        fill(ticket, answers={row.pk: "there"}, by=SYSTEM, at=cast.at)
    assert answers_of([ticket.pk])[ticket.pk] == {row.pk: "here"}


def test_a_ticket_is_not_solved_before_what_its_type_needs_is_filled_in(cast: Cast) -> None:
    ticket, row = cast.ticket(), _field(cast, Kind.TEXT)
    asked = Question(spec=row.spec, needed=Needed.SOLVE)
    kind = RequestType.objects.create(name="Repair")
    shape(kind, Form(sections=(Section(questions=(asked,)),)), by=SYSTEM, at=cast.at)
    convert(ticket, request_type=kind, by=SYSTEM, at=cast.at)
    for ending in (solve, close):
        with pytest.raises(NotFilledIn) as refused:
            ending(ticket, by=SYSTEM, at=cast.at)
        assert "A text" in str(refused.value)
    fill(ticket, answers={row.pk: "The pump"}, by=SYSTEM, at=cast.at)
    assert solve(ticket, by=SYSTEM, at=cast.at).state == State.SOLVED


def test_a_closed_ticket_is_not_filled(cast: Cast) -> None:
    ticket, row = cast.ticket(), _field(cast, Kind.TEXT)
    close(ticket, by=SYSTEM, at=cast.at)
    with pytest.raises(AlreadyClosed):
        fill(ticket, answers={row.pk: "late"}, by=SYSTEM, at=cast.at)


def test_erasing_a_person_takes_what_was_filled_in_and_leaves_choices(cast: Cast) -> None:
    ticket = cast.ticket()
    for kind in Kind:
        row = _field(cast, kind)
        fill(ticket, answers={row.pk: _value(row, cast)}, by=SYSTEM, at=cast.at)
    erase(ticket.requester, by=SYSTEM, at=cast.at)
    kinds = set(FieldValue.objects.values_list("definition__kind", flat=True))
    assert kinds == {*CHOSEN, Kind.YES}


def test_a_field_that_names_a_person_follows_joins_and_their_undoing(cast: Cast) -> None:
    ticket, row = cast.ticket(), _field(cast, Kind.PERSON)
    one, other = sorted((cast.anna.person, cast.boris.person), key=lambda each: each.pk)
    fill(ticket, answers={row.pk: Somebody(id=other.pk)}, by=SYSTEM, at=cast.at)
    assert row.is_public is False
    join = join_persons(one, other, by=SYSTEM, at=cast.at)
    (meant,) = answers_of([ticket.pk])[ticket.pk].values()
    assert (meant, meant.name) == (Somebody(id=one.pk), one.name)  # type: ignore[union-attr]  # a person
    part(join, by=SYSTEM, at=cast.at)
    (meant,) = answers_of([ticket.pk])[ticket.pk].values()
    assert meant == Somebody(id=other.pk)


def test_nobody_names_whom_they_do_not_see(cast: Cast) -> None:
    ticket, row = cast.ticket(), _field(cast, Kind.PERSON)
    foreign = cast.ticket(channel=cast.lift_mail, sender=cast.boris).requester
    wanted = {row.pk: Somebody(id=foreign.pk)}
    with pytest.raises(NoSuchPerson) as refused:
        fill(ticket, answers=wanted, by=cast.actor(cast.olga), at=cast.at)
    assert refused.value.field == f"field_{row.pk}"
    fill(ticket, answers=wanted, by=cast.actor(cast.admin), at=cast.at)
    with pytest.raises(NoSuchPerson):
        fill(ticket, answers={row.pk: Somebody(id=987_654)}, by=SYSTEM, at=cast.at)


def test_erasing_a_person_empties_the_fields_that_name_them(cast: Cast) -> None:
    ticket, row = cast.ticket(), _field(cast, Kind.PERSON)
    boris = cast.ticket(sender=cast.boris).requester
    fill(ticket, answers={row.pk: Somebody(id=boris.pk)}, by=SYSTEM, at=cast.at)
    erase(boris, by=SYSTEM, at=cast.at)
    assert answers_of([ticket.pk])[ticket.pk] == {}
    with pytest.raises(NoSuchPerson):
        fill(ticket, answers={row.pk: Somebody(id=boris.pk)}, by=SYSTEM, at=cast.at)


def test_conditions_ask_for_the_name_of_whom_a_field_names(cast: Cast) -> None:
    ticket, other, row = cast.ticket(), cast.ticket(), _field(cast, Kind.PERSON)
    boris = cast.boris.person
    fill(ticket, answers={row.pk: Somebody(id=boris.pk)}, by=SYSTEM, at=cast.at)
    for asked, found in (
        ({"operator": "contains", "value": boris.name[:4]}, [ticket.pk]),
        ({"operator": "is", "value": "Nobody"}, []),
        ({"operator": "filled"}, [ticket.pk]),
        ({"operator": "empty"}, [other.pk]),
    ):
        said = read({"field": f"field_{row.pk}", **asked}, TICKET_VOCABULARY)
        bound = bind(said, TICKET_VOCABULARY, asker=asker_of(SYSTEM, at=cast.at))
        rows = Ticket.objects.filter(pk__in=[ticket.pk, other.pk])
        assert list(rows.filter(compiled(bound, at=cast.at)).values_list("pk", flat=True)) == found
        assert [each.pk for each in rows if holds(bound, each, at=cast.at)] == found
