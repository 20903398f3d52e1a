"""Custom fields on the card: shown in words, filled in their place, told on the timeline."""

from decimal import Decimal

import pytest
from django.test import Client

from ambidesk.ground.fields.defining import Choice, Wanted, archive, define
from ambidesk.ground.fields.models import Definition
from ambidesk.ground.fields.rules.form import Form, Needed, Question, Section
from ambidesk.ground.fields.rules.spec import Kind, Limits, Texts
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.service.catalogue.asking import form_of, shape
from ambidesk.service.catalogue.models import RequestType
from ambidesk.support.tickets.describing import convert
from ambidesk.support.tickets.filling import answers_of, fill
from ambidesk.support.tickets.models import Ticket
from tests.cast import Cast

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


def _field(cast: Cast, kind: Kind, label: str, **more: object) -> Definition:
    wanted = Wanted(kind=kind, label=Texts(en=label), **more)  # type: ignore[arg-type]
    return define(None, wanted=wanted, by=SYSTEM, at=cast.at)


def _asked(cast: Cast, *rows: Definition) -> Ticket:
    ticket, kind = cast.ticket(), RequestType.objects.create(name="Repair")
    questions = tuple(Question(spec=row.spec, needed=Needed.SOLVE) for row in rows)
    shape(kind, Form(sections=(Section(questions=questions),)), by=SYSTEM, at=cast.at)
    return convert(ticket, request_type=kind, by=SYSTEM, at=cast.at)


def test_the_card_shows_what_is_filled_in_and_what_is_needed(olga: Client, cast: Cast) -> None:
    weight = _field(cast, Kind.DECIMAL, "Weight", limits=Limits(unit="kg"))
    serial = _field(cast, Kind.TEXT, "Serial")
    ticket = _asked(cast, weight, serial)
    fill(ticket, answers={weight.pk: Decimal("12.5")}, by=SYSTEM, at=cast.at)
    page = olga.get(f"/tickets/{ticket.pk}").content.decode()
    assert "12.5 kg" in page
    assert "Serial" in page
    assert "Needed to solve" in page


def test_a_field_is_filled_in_its_place_and_the_timeline_tells_it(olga: Client, cast: Cast) -> None:
    names = ("Kitchen", "Cellar")
    choices = tuple(Choice(label=Texts(en=each)) for each in names)
    room = _field(cast, Kind.CHOICE, "Room", choices=choices)
    ticket = _asked(cast, room)
    url = f"/tickets/{ticket.pk}/fields/{room.pk}"
    assert "Cellar" in olga.get(url).content.decode()
    cellar = room.spec.options[1].id
    answer = olga.post(url, {f"field_{room.pk}": cellar}, headers=HTMX)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "filled in Room" in page
    assert answers_of([ticket.pk])[ticket.pk] == {room.pk: (cellar,)}


def test_what_does_not_fit_stands_in_its_place_with_the_reason(olga: Client, cast: Cast) -> None:
    floor = _field(cast, Kind.WHOLE, "Floor")
    ticket = _asked(cast, floor)
    url = f"/tickets/{ticket.pk}/fields/{floor.pk}"
    answer = olga.post(url, {f"field_{floor.pk}": "high up"}, headers=HTMX)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="high up"' in page
    assert "Type a number" in page


def test_an_archived_field_is_read_only(olga: Client, cast: Cast) -> None:
    floor = _field(cast, Kind.TEXT, "Floor")
    ticket = _asked(cast, floor)
    fill(ticket, answers={floor.pk: "the third"}, by=SYSTEM, at=cast.at)
    archive(floor, by=SYSTEM, at=cast.at)
    assert "the third" in olga.get(f"/tickets/{ticket.pk}").content.decode()
    assert olga.get(f"/tickets/{ticket.pk}/fields/{floor.pk}").status_code == 404


def test_another_type_says_beforehand_what_becomes_of_the_fields(olga: Client, cast: Cast) -> None:
    serial, floor = _field(cast, Kind.TEXT, "Serial"), _field(cast, Kind.WHOLE, "Floor")
    ticket, other = _asked(cast, serial), RequestType.objects.create(name="Visit")
    questions = (Question(spec=floor.spec, needed=Needed.SOLVE),)
    shape(other, Form(sections=(Section(questions=questions),)), by=SYSTEM, at=cast.at)
    fill(ticket, answers={serial.pk: "A-1"}, by=SYSTEM, at=cast.at)
    url = f"/tickets/{ticket.pk}/type"
    page = olga.get(f"{url}?type={other.pk}").content.decode()
    assert "Make it “Visit”" in page
    assert "Still to fill in</dt><dd>Floor<" in page
    assert "Not needed any more, and kept</dt><dd>Serial<" in page
    ticket.refresh_from_db()
    assert str(ticket.request_type) == "Repair"
    assert olga.post(url, {"type": other.pk}, headers=HTMX).status_code == 200
    ticket.refresh_from_db()
    assert str(ticket.request_type) == "Visit"
    assert answers_of([ticket.pk])[ticket.pk] == {serial.pk: "A-1"}


def test_a_person_is_found_while_typing_and_stands_on_the_card(olga: Client, cast: Cast) -> None:
    row = _field(cast, Kind.PERSON, "Chief")
    ticket = _asked(cast, row)
    foreign = cast.ticket(channel=cast.lift_mail, sender=cast.boris).requester
    anna = ticket.requester
    url = f"/tickets/{ticket.pk}/fields/{row.pk}"
    assert 'data-suggests="/callers/persons"' in olga.get(url).content.decode()
    found = olga.get("/callers/persons", {"q": anna.name[:4]}).content.decode()
    assert f'data-value="{anna.called} #{anna.pk}"' in found
    assert foreign.name not in olga.get("/callers/persons", {"q": foreign.name}).content.decode()
    name = f"field_{row.pk}"
    for wrong in ("Nobody", f"{foreign.name} #{foreign.pk}"):
        refused = olga.post(url, {name: wrong}, headers=HTMX)
        assert refused.status_code == 422
        assert wrong in refused.content.decode()
    page = olga.post(url, {name: f"{anna.called} #{anna.pk}"}, headers=HTMX).content.decode()
    assert f'href="/people/{anna.pk}"' in page
    assert f"{anna.called} #{anna.pk}" in olga.get(url).content.decode()


def test_no_customer_is_asked_to_choose_a_person(cast: Cast) -> None:
    chief, serial = _field(cast, Kind.PERSON, "Chief"), _field(cast, Kind.TEXT, "Serial")
    _asked(cast, chief, serial)
    form = form_of(RequestType.objects.get())
    assert [each.spec.id for each in form.for_customers().questions] == [serial.pk]
    assert not Definition.objects.get(pk=chief.pk).is_public
