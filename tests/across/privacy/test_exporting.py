"""What is held of a person comes out as one archive: all of theirs, and nothing of others."""

import io
import json
import zipfile

import pytest
from django.test import Client

from ambidesk.across.privacy.exporting import SeesNotAll, export
from ambidesk.ground.files.storing import store
from ambidesk.parties.consents.models import Proof, Purpose, Word
from ambidesk.parties.consents.saying import Statement, say
from ambidesk.support.conversations.receiving import InboundFile
from ambidesk.support.tickets.answering import Answer, answer
from ambidesk.support.tickets.noting import note
from tests.cast import Cast


def taken(cast: Cast) -> zipfile.ZipFile:
    into = io.BytesIO()
    export(cast.anna.person, into, by=cast.actor(cast.admin), at=cast.at)
    return zipfile.ZipFile(into)


def test_the_archive_holds_words_files_addresses_and_consents(cast: Cast) -> None:
    blob = store(b"%PDF-1.4 a bill", at=cast.at)
    file = InboundFile(blob=blob, name="../../bill.pdf")
    ticket = cast.ticket("Where is my parcel?", files=(file,))
    said = Answer(text="On its way.", to=(cast.anna,), due_at=cast.at)
    answer(ticket, said, by=cast.actor(cast.olga), at=cast.at)
    note(ticket, text="She is a difficult one", by=cast.actor(cast.olga), at=cast.at)
    cast.ticket("Somebody else's secret", sender=cast.boris)
    statement = Statement(purpose=Purpose.SURVEYS, word=Word.NO, proof=Proof.STAFF)
    say(cast.anna.person, statement, by=cast.actor(cast.olga), at=cast.at)
    archive = taken(cast)
    (person,) = json.loads(archive.read("person.json"))["persons"]
    messages = [json.loads(line) for line in archive.read("messages.jsonl").splitlines()]
    assert person["name"] == "Anna Petrova"
    assert [each["value"] for each in person["addresses"]] == ["anna@example.org"]
    assert [each["id"] for each in person["tickets"]] == [ticket.pk]
    assert [(each["purpose"], each["word"]) for each in person["consents"]] == [("surveys", "no")]
    assert [each["text"] for each in messages] == ["Where is my parcel?", "On its way."]
    (name,) = [each for each in archive.namelist() if each.startswith("files/")]
    assert ".." not in name
    assert archive.read(name) == b"%PDF-1.4 a bill"
    everything = b"".join(archive.read(each) for each in archive.namelist()).decode()
    assert "secret" not in everything
    assert "difficult" not in everything


def test_an_administrator_takes_it_out_on_the_screen_and_an_operator_does_not(cast: Cast) -> None:
    cast.ticket()
    admin, olga = Client(), Client()
    admin.force_login(cast.admin.user)
    olga.force_login(cast.olga.user)
    place = f"/people/{cast.anna.person_id}/export"
    answer = admin.post(place)
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    archive = zipfile.ZipFile(io.BytesIO(b"".join(answer)))  # type: ignore[arg-type]
    assert "person.json" in archive.namelist()
    assert olga.post(place).status_code == 404


def test_who_does_not_serve_a_brand_takes_out_nothing_of_it(cast: Cast) -> None:
    cast.ticket(channel=cast.lift_mail)
    with pytest.raises(SeesNotAll):
        export(cast.anna.person, io.BytesIO(), by=cast.actor(cast.olga), at=cast.at)
