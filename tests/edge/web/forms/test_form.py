"""Web forms: what is typed becomes a ticket with fields; what is refused says so and is not lost."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from ambidesk.across.privacy.erasing import erase
from ambidesk.ground.fields.defining import Wanted, archive, define
from ambidesk.ground.fields.models import Definition
from ambidesk.ground.fields.rules.form import Form, Question, Section
from ambidesk.ground.fields.rules.spec import Kind, Texts
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.parties.brands.founding import Face, set_up
from ambidesk.parties.people.models import IdentityKind, Person
from ambidesk.service.catalogue.asking import shape
from ambidesk.service.catalogue.models import RequestType
from ambidesk.support.channels.widget.transcribing import follow_by_mail
from ambidesk.support.conversations.models import (
    Attachment,
    Channel,
    Delivery,
    IntakeItem,
    IntakeState,
    Message,
)
from ambidesk.support.tickets.answering import Answer, answer
from ambidesk.support.tickets.filling import answers_of
from tests.cast import Cast
from tests.edge.web.forms.visiting import URL, hidden_of, sent, solved, taken_ticket, typed_in

pytestmark = pytest.mark.django_db


def test_a_form_becomes_a_ticket_with_its_fields_and_files(
    channel: Channel, fields: dict[str, Definition]
) -> None:
    client = Client()
    upload = SimpleUploadedFile("leak.txt", b"a picture of water")
    answer = sent(client, typed_in(client, fields, files=upload))
    assert answer.status_code == 201, answer.content
    # What was acknowledged is on disk, whatever becomes of the lane.
    assert IntakeItem.objects.get().state == IntakeState.WAITING
    ticket = taken_ticket()
    assert (ticket.subject, ticket.request_type and ticket.request_type.name) == (
        "Water on the floor",
        "Leak",
    )
    cellar = fields["where"].spec.options[1].id
    assert answers_of([ticket.pk])[ticket.pk] == {
        fields["leaks"].pk: True,
        fields["where"].pk: (cellar,),
    }
    assert Attachment.objects.get().name == "leak.txt"


def test_a_time_that_a_visitor_types_is_meant_in_the_zone_of_the_brand(
    channel: Channel, cast: Cast
) -> None:
    wanted = Wanted(kind=Kind.INSTANT, label=Texts(en="When shall we come?"))
    when = define(None, wanted=wanted, by=SYSTEM, at=cast.at)
    asked = Form(sections=(Section(questions=(Question(spec=when.spec),)),))
    shape(RequestType.objects.get(name="Leak"), asked, by=SYSTEM, at=cast.at)
    face = Face(name="Polka", slug="polka", language="ru", accent="#3b5bdb", zone="Asia/Irkutsk")
    set_up(cast.shop, face, by=SYSTEM, at=cast.at)
    client = Client()
    # Whoever works at the desk in another zone may fill it in too.
    client.cookies["ambidesk_zone"] = "Europe/Berlin"
    hidden = hidden_of(client.get(URL).content.decode())
    typed = {"email": "anna@example.org", "text": "Leak", when.spec.name: "2026-03-02T10:00"}
    solution = solved(hidden["challenge"])
    assert sent(client, {**hidden, "solution": solution, **typed}).status_code == 201
    meant = datetime(2026, 3, 2, 2, tzinfo=UTC)
    ticket = taken_ticket()
    assert answers_of([ticket.pk])[ticket.pk] == {when.pk: meant}


def test_a_form_sent_twice_is_one_ticket(channel: Channel, fields: dict[str, Definition]) -> None:
    client = Client()
    values = typed_in(client, fields)
    assert sent(client, values).status_code == 201
    assert sent(client, values).status_code == 201
    assert taken_ticket()
    assert IntakeItem.objects.count() == 1


def test_a_typed_address_joins_nobody_and_is_answered_by_mail(
    channel: Channel, fields: dict[str, Definition], cast: Cast
) -> None:
    client = Client()
    sent(client, typed_in(client, fields, email=cast.anna.value))
    ticket = taken_ticket()
    assert ticket.requester_id != cast.anna.person_id
    assert ticket.requester_identity
    assert ticket.requester_identity.kind == IdentityKind.VISITOR
    at = datetime.now(UTC)
    acknowledged = Delivery.objects.get()
    assert acknowledged.recipient
    assert acknowledged.recipient.value == cast.anna.value
    assert "Water" not in acknowledged.message.text
    assert str(ticket.number) in acknowledged.message.text
    said = Answer(text="We come today.", to=(ticket.requester_identity,), due_at=at)
    answer(ticket, said, by=cast.actor(cast.olga), at=at)
    assert follow_by_mail(at=at + timedelta(minutes=1)) == 1
    mail = Message.objects.latest("pk")
    assert "We come today." in mail.text
    assert mail.deliveries.get().recipient.value == cast.anna.value


def test_what_is_not_asked_is_dropped_and_staff_fields_cannot_be_sent(
    channel: Channel, fields: dict[str, Definition]
) -> None:
    client = Client()
    page = client.get(URL).content.decode()
    assert "Secret cost" not in page
    values = typed_in(client, fields, **{fields["leaks"].spec.name: "no"})
    values[fields["cost"].spec.name] = "100"
    assert sent(client, values).status_code == 201
    ticket = taken_ticket()
    assert answers_of([ticket.pk])[ticket.pk] == {fields["leaks"].pk: False}


def test_what_is_missing_stands_beside_its_field_and_nothing_is_lost_without_a_script(
    channel: Channel, fields: dict[str, Definition]
) -> None:
    client = Client()
    values = typed_in(client, fields, email="nobody", **{fields["where"].spec.name: ""})
    answer = client.post(f"{URL}?language=en", values)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "This is no e-mail address." in page
    assert "Please fill this in." in page
    assert "Water on the floor" in page
    assert 'value="nobody"' in page
    again = client.post(
        f"{URL}?language=en", {**values, **typed_in(client, fields), "solution": ""}
    )
    assert "Thank you!" in again.content.decode()


def test_a_request_that_was_changed_is_not_the_one_sent_before(
    channel: Channel, fields: dict[str, Definition]
) -> None:
    client = Client()
    first = typed_in(client, fields)
    assert sent(client, first).status_code == 201
    changed = typed_in(client, fields, text="Now the cellar too", key=first["key"])
    assert sent(client, changed).status_code == 201
    assert IntakeItem.objects.count() == 2
    assert client.get(URL).headers["Cache-Control"] == "no-store"


def test_an_answer_that_fits_no_more_stands_in_the_words(
    channel: Channel, fields: dict[str, Definition], cast: Cast
) -> None:
    client = Client()
    assert sent(client, typed_in(client, fields)).status_code == 201
    archive(fields["where"], by=SYSTEM, at=cast.at)
    ticket = taken_ticket()
    assert answers_of([ticket.pk])[ticket.pk] == {fields["leaks"].pk: True}
    assert Message.objects.filter(text="Water on the floor\n\nWhere is it?: Cellar").exists()


def test_an_answer_of_a_rule_goes_by_mail_and_waits_for_a_mailbox(
    channel: Channel, fields: dict[str, Definition]
) -> None:
    client = Client()
    sent(client, typed_in(client, fields))
    ticket = taken_ticket()
    at = datetime.now(UTC)
    assert ticket.requester_identity
    said = Answer(
        text="We got it.", to=(ticket.requester_identity,), due_at=at, automatic=True, subject="Hi"
    )
    answer(ticket, said, by=SYSTEM, at=at)
    mailboxes = Channel.objects.filter(kind="email")
    mailboxes.update(enabled=False)
    assert follow_by_mail(at=at + timedelta(minutes=1)) == 0
    mailboxes.update(enabled=True)
    assert follow_by_mail(at=at + timedelta(minutes=2)) == 1
    mail = Message.objects.latest("pk")
    assert "We got it." in mail.text
    assert mail.deliveries.get().recipient.value == "anna@example.org"
    assert follow_by_mail(at=at + timedelta(minutes=3)) == 0


def test_erasing_takes_what_was_typed(
    channel: Channel, fields: dict[str, Definition], cast: Cast
) -> None:
    client = Client()
    sent(client, typed_in(client, fields, email="kanarejka@example.org", text="Kanarejka"))
    ticket = taken_ticket()
    erase(Person.objects.get(pk=ticket.requester_id), by=SYSTEM, at=datetime.now(UTC))
    assert not Message.objects.filter(text__contains="Kanarejka").exists()
    assert bytes(IntakeItem.objects.get().raw or b"") == b""
