"""Web forms: what is typed becomes a ticket with fields; what is refused says so and is not lost."""

import re
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from ambidesk.across.privacy.erasing import erase
from ambidesk.ground.conditions.operators import Operator
from ambidesk.ground.conditions.tree import Comparison
from ambidesk.ground.fields.defining import Choice, Wanted, archive, define
from ambidesk.ground.fields.models import Definition
from ambidesk.ground.fields.rules.form import Form, Needed, Question, Section
from ambidesk.ground.fields.rules.spec import Kind, Texts
from ambidesk.ground.kernel import ephemeral
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.parties.brands.founding import Face, set_up
from ambidesk.parties.people.models import IdentityKind, Person
from ambidesk.service.catalogue.asking import shape
from ambidesk.service.catalogue.models import RequestType
from ambidesk.support.channels.webform import guarding, taking_in
from ambidesk.support.channels.webform.connecting import WebForm, connect_form
from ambidesk.support.channels.webform.manner import FormManner
from ambidesk.support.channels.widget.transcribing import follow_by_mail
from ambidesk.support.conversations.models import (
    Attachment,
    Channel,
    Delivery,
    IntakeItem,
    IntakeState,
    Message,
)
from ambidesk.support.knowledge.models import Ask, Audience, Reading
from ambidesk.support.knowledge.shelving import public_file
from ambidesk.support.tickets.answering import Answer, answer
from ambidesk.support.tickets.filling import answers_of
from ambidesk.support.tickets.models import Ticket
from tests.cast import Cast
from tests.support.knowledge.articles import published

pytestmark = pytest.mark.django_db
SITE = "https://polka.example"
URL = "/forms/leak"


@pytest.fixture(autouse=True)
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "FILES_ROOT", tmp_path)
    # People take their time; a test must not.
    monkeypatch.setattr(guarding, "SHORTEST", timedelta(0))


@pytest.fixture
def fields(cast: Cast) -> dict[str, Definition]:
    """Does it leak, and where; which staff alone answers."""
    made = {
        "leaks": Wanted(kind=Kind.YES, label=Texts(en="Does it leak?", ru="Течёт?")),
        "where": Wanted(
            kind=Kind.CHOICE,
            label=Texts(en="Where is it?", ru="Где?"),
            choices=(Choice(label=Texts(en="Kitchen")), Choice(label=Texts(en="Cellar"))),
        ),
        "cost": Wanted(kind=Kind.TEXT, label=Texts(en="Secret cost"), is_public=False),
    }
    return {k: define(None, wanted=w, by=SYSTEM, at=cast.at) for k, w in made.items()}


@pytest.fixture
def channel(cast: Cast, fields: dict[str, Definition]) -> Channel:
    """A form of the shop that asks for a leak."""
    leaks, where, cost = (fields[key].spec for key in ("leaks", "where", "cost"))
    when = Comparison(field=leaks.name, operator=Operator.IS, value=True)
    questions = (
        Question(spec=leaks, needed=Needed.OPEN),
        Question(spec=where, needed=Needed.OPEN, when=when),
        Question(spec=cost),
    )
    kind = RequestType.objects.create(name="Leak")
    shape(kind, Form(sections=(Section(questions=questions),)), by=SYSTEM, at=cast.at)
    manner = FormManner(title={"en": "A leak", "ru": "Протечка"}, origins=(SITE,))
    wanted = WebForm(
        brand=cast.shop,
        team=cast.shop_team,
        request_type=kind,
        name="Leaks",
        address="leak",
        manner=manner,
    )
    return connect_form(None, wanted, by=SYSTEM, at=cast.at)


def _hidden(page: str) -> dict[str, str]:
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page)
    return {name: unescape(value) for name, value in found if name != "csrfmiddlewaretoken"}


def _solved(token: str) -> str:
    bits, number = int(token.split(".")[2]), 0
    while int.from_bytes(sha256(f"{token}:{number}".encode()).digest()) >> (256 - bits):
        number += 1
    return str(number)


def _typed(client: Client, fields: dict[str, Definition], **more: Any) -> dict[str, Any]:
    hidden = _hidden(client.get(f"{URL}?language=en").content.decode())
    hidden["solution"] = _solved(hidden["challenge"])
    values = {
        "email": "Anna@Example.org",
        "name": "Anna",
        "text": "Water on the floor",
        fields["leaks"].spec.name: "yes",
        fields["where"].spec.name: str(fields["where"].spec.options[1].id),
    }
    return {**hidden, **values, **more}


def _sent(client: Client, values: dict[str, Any], **headers: str) -> HttpResponse:
    told = {"Accept": "application/json", **headers}
    return client.post(f"{URL}?language=en", values, headers=told)  # type: ignore[return-value]


def _ticket() -> Ticket:
    taking_in.run_once()
    return Ticket.objects.get()


def test_a_form_becomes_a_ticket_with_its_fields_and_files(
    channel: Channel, fields: dict[str, Definition]
) -> None:
    client = Client()
    upload = SimpleUploadedFile("leak.txt", b"a picture of water")
    answer = _sent(client, _typed(client, fields, files=upload))
    assert answer.status_code == 201, answer.content
    # What was acknowledged is on disk, whatever becomes of the lane.
    assert IntakeItem.objects.get().state == IntakeState.WAITING
    ticket = _ticket()
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
    hidden = _hidden(client.get(URL).content.decode())
    typed = {"email": "anna@example.org", "text": "Leak", when.spec.name: "2026-03-02T10:00"}
    solution = _solved(hidden["challenge"])
    assert _sent(client, {**hidden, "solution": solution, **typed}).status_code == 201
    meant = datetime(2026, 3, 2, 2, tzinfo=UTC)
    ticket = _ticket()
    assert answers_of([ticket.pk])[ticket.pk] == {when.pk: meant}


def test_a_form_sent_twice_is_one_ticket(channel: Channel, fields: dict[str, Definition]) -> None:
    client = Client()
    values = _typed(client, fields)
    assert _sent(client, values).status_code == 201
    assert _sent(client, values).status_code == 201
    assert _ticket()
    assert IntakeItem.objects.count() == 1


def test_a_typed_address_joins_nobody_and_is_answered_by_mail(
    channel: Channel, fields: dict[str, Definition], cast: Cast
) -> None:
    client = Client()
    _sent(client, _typed(client, fields, email=cast.anna.value))
    ticket = _ticket()
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
    values = _typed(client, fields, **{fields["leaks"].spec.name: "no"})
    values[fields["cost"].spec.name] = "100"
    assert _sent(client, values).status_code == 201
    ticket = _ticket()
    assert answers_of([ticket.pk])[ticket.pk] == {fields["leaks"].pk: False}


def test_what_is_missing_stands_beside_its_field_and_nothing_is_lost_without_a_script(
    channel: Channel, fields: dict[str, Definition]
) -> None:
    client = Client()
    values = _typed(client, fields, email="nobody", **{fields["where"].spec.name: ""})
    answer = client.post(f"{URL}?language=en", values)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "This is no e-mail address." in page
    assert "Please fill this in." in page
    assert "Water on the floor" in page
    assert 'value="nobody"' in page
    sent = client.post(f"{URL}?language=en", {**values, **_typed(client, fields), "solution": ""})
    assert "Thank you!" in sent.content.decode()


def test_the_guard_refuses_machines_politely(
    channel: Channel, fields: dict[str, Definition], monkeypatch: pytest.MonkeyPatch
) -> None:
    client = Client()
    trapped = _sent(client, _typed(client, fields, website="http://spam.example"))
    assert "hidden field" in trapped.json()["words"]
    forged = _typed(client, fields)
    key, nonce, _bits, rest = forged["challenge"].split(".")
    forged["challenge"] = f"{key}.{nonce}.1.{rest}"
    assert "once more" in _sent(client, forged).json()["words"]
    monkeypatch.setattr(guarding, "SHORTEST", timedelta(seconds=3))
    quick = _sent(client, _typed(client, fields))
    assert "very quick" in quick.json()["words"]
    assert not IntakeItem.objects.exists()


def test_a_challenge_is_good_once(channel: Channel, fields: dict[str, Definition]) -> None:
    client = Client()
    values = _typed(client, fields)
    assert _sent(client, values).status_code == 201
    other = _sent(client, {**values, "key": "00000000-0000-4000-8000-000000000001"})
    assert other.status_code == 422
    # A fresh one comes with the refusal, so that nothing has to be typed again.
    fresh = other.json()["challenge"]["token"]
    again = {**values, "key": "00000000-0000-4000-8000-000000000001"}
    again |= {"challenge": fresh, "solution": _solved(fresh)}
    assert _sent(client, again).status_code == 201


def test_without_a_script_only_few_are_let_in_and_work_rises_with_the_load(
    channel: Channel, fields: dict[str, Definition], cast: Cast
) -> None:
    client = Client()
    for _each in range(3):
        assert _sent(client, _typed(client, fields, solution="")).status_code == 201
    refused = _sent(client, _typed(client, fields, solution=""))
    assert "JavaScript" in refused.json()["words"]
    given = [guarding.challenge(channel, place="203.0.113.7", at=cast.at) for _n in range(60)]
    assert given[0].bits < given[-1].bits <= guarding.HARDEST


def test_a_token_posted_again_and_again_takes_nothing_from_others(
    channel: Channel, cast: Cast
) -> None:
    at = datetime.now(UTC)
    told = {"solution": "", "email": "anna@example.org", "at": at}
    token = guarding.challenge(channel, place="192.0.2.1", at=at).token
    guarding.pass_guard(channel, token, place="192.0.2.1", **told)
    for _each in range(10):
        with pytest.raises(guarding.Stale):
            guarding.pass_guard(channel, token, place="192.0.2.1", **told)
    for number in range(5):
        fresh = guarding.challenge(channel, place="192.0.2.1", at=at).token
        if number < 2:
            guarding.pass_guard(channel, fresh, place="192.0.2.1", **told)
        else:
            with pytest.raises(guarding.NoWork):
                guarding.pass_guard(channel, fresh, place="192.0.2.1", **told)
    assert ephemeral.count(f"webform:form:{channel.pk}", seconds=3600) == 3 + 1


def test_one_mailbox_has_one_budget_whatever_stands_after_a_plus(
    channel: Channel, fields: dict[str, Definition]
) -> None:
    client = Client()
    for number in range(4):
        _sent(client, _typed(client, fields, email=f"mallory+{number}@example.org"))
    taking_in.run_once()
    assert Ticket.objects.count() == 4
    assert Delivery.objects.count() == 3


def test_a_request_that_was_changed_is_not_the_one_sent_before(
    channel: Channel, fields: dict[str, Definition]
) -> None:
    client = Client()
    first = _typed(client, fields)
    assert _sent(client, first).status_code == 201
    changed = _typed(client, fields, text="Now the cellar too", key=first["key"])
    assert _sent(client, changed).status_code == 201
    assert IntakeItem.objects.count() == 2
    assert client.get(URL).headers["Cache-Control"] == "no-store"


def test_an_answer_that_fits_no_more_stands_in_the_words(
    channel: Channel, fields: dict[str, Definition], cast: Cast
) -> None:
    client = Client()
    assert _sent(client, _typed(client, fields)).status_code == 201
    archive(fields["where"], by=SYSTEM, at=cast.at)
    ticket = _ticket()
    assert answers_of([ticket.pk])[ticket.pk] == {fields["leaks"].pk: True}
    assert Message.objects.filter(text="Water on the floor\n\nWhere is it?: Cellar").exists()


def test_an_answer_of_a_rule_goes_by_mail_and_waits_for_a_mailbox(
    channel: Channel, fields: dict[str, Definition]
) -> None:
    client = Client()
    _sent(client, _typed(client, fields))
    ticket = _ticket()
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


def test_addresses_that_nobody_gave_are_not_there(channel: Channel, cast: Cast) -> None:
    client = Client()
    assert client.get("/forms/le%00ak").status_code == 404
    assert public_file(cast.shop, "a" * 20 + "\0") is None


def test_only_listed_sites_may_show_it(channel: Channel, fields: dict[str, Definition]) -> None:
    client = Client()
    part = client.get(f"{URL}/part", headers={"Origin": SITE})
    assert part.headers["Access-Control-Allow-Origin"] == SITE
    assert "data-web-form" in part.json()["html"]
    assert client.get(f"{URL}/part", headers={"Origin": "https://evil.example"}).status_code == 403
    values = _typed(client, fields)
    assert _sent(client, values, Origin="https://evil.example").status_code == 403
    assert _sent(client, values, Origin="null").status_code == 403
    assert _sent(client, values, Origin=SITE).status_code == 201
    framed = client.get(URL)
    assert f"frame-ancestors {SITE}" in framed.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in framed.headers


def test_too_many_or_too_large_files_are_refused(
    channel: Channel, fields: dict[str, Definition]
) -> None:
    client = Client()
    many = [SimpleUploadedFile(f"{n}.txt", b"x") for n in range(6)]
    answer = _sent(client, _typed(client, fields, files=many))
    assert "at most 5 files" in answer.json()["errors"]["files"]
    large = SimpleUploadedFile("large.bin", b"x" * 10_300_000)
    assert _sent(client, _typed(client, fields, files=large)).status_code == 413


def test_erasing_takes_what_was_typed(
    channel: Channel, fields: dict[str, Definition], cast: Cast
) -> None:
    client = Client()
    _sent(client, _typed(client, fields, email="kanarejka@example.org", text="Kanarejka"))
    ticket = _ticket()
    erase(Person.objects.get(pk=ticket.requester_id), by=SYSTEM, at=datetime.now(UTC))
    assert not Message.objects.filter(text__contains="Kanarejka").exists()
    assert bytes(IntakeItem.objects.get().raw or b"") == b""


def test_an_archived_form_is_gone(channel: Channel) -> None:
    Channel.objects.filter(pk=channel.pk).update(enabled=False)
    assert Client().get(URL).status_code == 404


def test_articles_of_the_brand_answer_while_somebody_types(channel: Channel, cast: Cast) -> None:
    row = published(cast, "Water on the floor")
    published(cast, "Water and staff", audience=Audience.STAFF)
    published(cast, "Water and lifts", brand=cast.lifts)

    def asked(text: str, **headers: str) -> HttpResponse:
        typed = {"text": text, "language": "en"}
        return Client().post(f"{URL}/answers", typed, headers=headers)  # type: ignore[return-value]

    told = asked("There is water", Origin=SITE)
    assert told["Access-Control-Allow-Origin"] == SITE
    (answer,) = told.json()["answers"]
    assert answer["title"] == "Water on the floor"
    assert answer["url"].endswith(f"/help/polka/en/articles/{row.slug}")
    assert "<" not in answer["text"]
    assert asked("w").json() == {"answers": []}
    assert asked("water", Origin="https://evil.example").status_code == 403


@pytest.mark.parametrize("is_embedded", [True, False])
def test_who_read_and_then_sends_the_form_has_asked(
    channel: Channel, fields: dict[str, Definition], cast: Cast, *, is_embedded: bool
) -> None:
    row = published(cast)
    reading = f"/help/polka/en/articles/{row.slug}/reading"
    client, reader = Client(), "r" * 43
    if is_embedded:
        # Within another site no cookie goes: the page draws a name and tells it both times.
        client.post(reading, {"reader": reader, "door": "form"})
        assert not client.cookies
    else:
        client.post(reading)
        assert client.cookies["help_reader"]["path"] == "/"
    told = {"reader": reader} if is_embedded else {}
    assert not Ask.objects.exists()
    assert _sent(client, _typed(client, fields, **told)).status_code == 201
    opened = Reading.objects.get()
    assert Ask.objects.get().reader == opened.reader
    assert opened.door == ("form" if is_embedded else "centre")


def test_who_read_nothing_leaves_no_trace_by_asking(
    channel: Channel, fields: dict[str, Definition]
) -> None:
    client = Client()
    assert _sent(client, _typed(client, fields, reader="r" * 43)).status_code == 201
    assert not Ask.objects.exists()
