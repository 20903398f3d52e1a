"""Erasing: nothing that names a person or that they said is left, in any table or file."""

from collections.abc import Iterator
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import TestCase
from psycopg.sql import SQL, Identifier

from ambidesk.across.privacy import erasing
from ambidesk.across.privacy.erasing import WorksHere, replay
from ambidesk.across.privacy.models import Erasure
from ambidesk.ground.files.storing import path_of, store
from ambidesk.ground.files.words.reading import read_due
from ambidesk.ground.kernel.journal.reading import SELECT, entries_by
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.ground.search.indexing import take
from ambidesk.parties.people.describing import describe
from ambidesk.parties.people.joining import join
from ambidesk.parties.people.meeting import Caller, meet
from ambidesk.parties.people.models import IdentityKind, Person
from ambidesk.support.channels.mail.arriving import handed_in
from ambidesk.support.conversations.models import Attachment, IntakeItem
from ambidesk.support.conversations.raw import raw_of
from ambidesk.support.conversations.receiving import InboundFile
from ambidesk.support.conversations.taking import take_many
from ambidesk.support.desk.drafting import save_draft
from ambidesk.support.handovers.offering import Task, offer
from ambidesk.support.handovers.speaking import Words
from ambidesk.support.tickets.answering import Answer, answer
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.tickets.noting import note
from tests.called_in import call_in
from tests.cast import Cast
from tests.ground.files.words.making import docx

# A word that stands in everything the person said, and in everything said to or of them.
CANARY = "Kanarejka"
ADDRESS = "kanarejka@example.org"


def erase(person: Person, **given: Any) -> None:
    """Erase, and do what is done once that is committed."""
    with TestCase.captureOnCommitCallbacks(execute=True):
        erasing.erase(person, **given)


@pytest.fixture(autouse=True)
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(settings, "FILES_ROOT", tmp_path)
    return tmp_path


@pytest.fixture
def ticket(cast: Cast) -> Ticket:
    """A ticket that is full of the person's words, answered, with a note, a file and a draft."""
    caller = Caller(kind=IdentityKind.EMAIL, value=ADDRESS, name=f"Karina {CANARY}")
    karina = meet(caller, by=SYSTEM, at=cast.at)
    describe(karina.person, name=f"Karina {CANARY}", remark=CANARY, by=SYSTEM, at=cast.at)
    letter = store(f"a letter of {CANARY}".encode(), at=cast.at)
    form = store(docx(f"a form of {CANARY}"), at=cast.at)
    read_due(by=SYSTEM, at=cast.at)
    opened = cast.ticket(
        f"I am {CANARY}",
        subject=f"Parcel of {CANARY}",
        sender=karina,
        html=f"<p>I am {CANARY}</p>",
        files=(
            InboundFile(blob=letter, name=f"{CANARY}.txt"),
            InboundFile(blob=form, name="form.docx"),
        ),
    )
    olga = cast.actor(cast.olga)
    said = Answer(text=f"Dear {CANARY}", to=(karina,), due_at=cast.at + timedelta(minutes=1))
    answer(opened, said, by=olga, at=cast.at)
    note(opened, text=f"{CANARY} called", by=olga, at=cast.at)
    told = Words(text=f"{CANARY} lets you in", files=((f"{CANARY}.txt", CANARY.encode()),))
    task = Task(what=f"Look at the freezer of {CANARY}", words=told)
    offer(opened, task, to=call_in(cast).cold, by=olga, at=cast.at)
    save_draft(opened, kind="reply", text=f"Dear {CANARY}", html="", by=olga, at=cast.at)
    index()
    return opened


def index() -> None:
    """Have everything that was written found by search."""
    take(entries_by(f"{SELECT} ORDER BY sequence", []))


def places_with(word: str) -> Iterator[str]:
    """Name each column of each table in which the word stands, whatever its letters' case."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.columns"
            " WHERE table_schema = 'public' AND data_type NOT IN ('bigint', 'integer', 'boolean')"
        )
        for table, column in cursor.fetchall():
            # The bytes of a raw mail are read as the letters that they are.
            question = SQL(
                "SELECT count(*) FROM {table} WHERE CASE pg_typeof({column})"
                " WHEN 'bytea'::regtype THEN encode({column}::text::bytea, 'escape')"
                " ELSE {column}::text END ILIKE %s"
            )
            names = {"table": Identifier(table), "column": Identifier(column)}
            cursor.execute(question.format(**names), [f"%{word}%"])
            if cursor.fetchone()[0]:
                yield f"{table}.{column}"


def files_with(word: str, folder: Path) -> list[Path]:
    kept = [path for path in folder.rglob("*") if path.is_file()]
    return [path for path in kept if word.encode() in path.read_bytes()]


def test_the_search_for_what_is_left_finds_what_is_there(ticket: Ticket, files: Path) -> None:
    found = set(places_with(CANARY))
    assert {"people_person.name", "conversations_message.text", "tickets_note.text"} <= found
    assert "files_words.text" in found
    assert any(place.startswith("search_") for place in found)
    assert files_with(CANARY, files)


def test_nothing_of_an_erased_person_is_left_in_any_table_or_file(
    ticket: Ticket, cast: Cast, files: Path
) -> None:
    erase(ticket.requester, by=SYSTEM, at=cast.at)
    assert list(places_with(CANARY)) == []
    assert files_with(CANARY, files) == []
    # Nor does it come back when search reads the journal again.
    index()
    assert list(places_with(CANARY)) == []


def test_an_erasure_that_is_rolled_back_from_outside_loses_no_file(
    ticket: Ticket, cast: Cast, files: Path
) -> None:
    before = files_with(CANARY, files)
    with TestCase.captureOnCommitCallbacks(execute=True), transaction.atomic():
        erasing.erase(ticket.requester, by=SYSTEM, at=cast.at)
        transaction.set_rollback(True)
    assert files_with(CANARY, files) == before


def test_tickets_and_ids_stay_as_empty_shells(ticket: Ticket, cast: Cast) -> None:
    person = ticket.requester
    erase(person, by=SYSTEM, at=cast.at)
    ticket.refresh_from_db()
    assert (ticket.subject, ticket.requester_id) == ("", person.pk)
    assert Erasure.objects.get().person_id == person.pk


def test_a_file_that_somebody_else_sent_too_stays_with_them(ticket: Ticket, cast: Cast) -> None:
    shared = Attachment.objects.get(name__endswith=".txt").blob
    other = cast.write("The same file", files=(InboundFile(blob=shared, name="same.txt"),))
    erase(ticket.requester, by=SYSTEM, at=cast.at)
    kept = Attachment.objects.get(message=other)
    assert kept.name == "same.txt"
    assert path_of(shared.sha256).exists()


def test_a_mail_that_was_held_back_goes_though_the_address_is_packed_in_it(
    ticket: Ticket, cast: Cast, files: Path
) -> None:
    def held_back(text: str) -> IntakeItem:
        mail = EmailMessage()
        mail.set_content(text, cte="base64")
        raw = bytes(mail)
        arrived = handed_in(raw, cast.shop_mail, envelope={}, at=cast.at)
        item = IntakeItem.objects.get(pk=take_many([arrived])[arrived.key])
        IntakeItem.objects.filter(pk=item.pk).update(state="quarantined", reason="fault")
        return item

    theirs, others = held_back(f"Write to {ADDRESS}"), held_back("Write to nobody")
    erase(ticket.requester, by=SYSTEM, at=cast.at)
    assert raw_of(others)
    assert raw_of(IntakeItem.objects.get(pk=theirs.pk)) == b""


def test_words_of_other_persons_stay(ticket: Ticket, cast: Cast) -> None:
    theirs = cast.ticket("Nothing to do with it")
    erase(ticket.requester, by=SYSTEM, at=cast.at)
    theirs.refresh_from_db()
    assert theirs.preview == "Nothing to do with it"


def test_who_works_here_is_not_erased(cast: Cast) -> None:
    with pytest.raises(WorksHere):
        erase(cast.olga.person, by=SYSTEM, at=cast.at)


def test_the_ledger_erases_again_what_an_old_backup_brought_back(
    ticket: Ticket, cast: Cast
) -> None:
    person = ticket.requester
    erase(person, by=SYSTEM, at=cast.at)
    Person.objects.filter(pk=person.pk).update(erased_at=None, name=CANARY)
    with TestCase.captureOnCommitCallbacks(execute=True):
        assert replay([person.pk], by=SYSTEM, at=cast.at) == 1
    assert list(places_with(CANARY)) == []


def test_the_address_of_an_erased_person_is_free_for_a_new_one(ticket: Ticket, cast: Cast) -> None:
    erase(ticket.requester, by=SYSTEM, at=cast.at)
    again = meet(Caller(kind=IdentityKind.EMAIL, value=ADDRESS), by=SYSTEM, at=cast.at)
    assert again.person_id != ticket.requester_id


def test_whoever_is_one_with_an_erased_person_is_erased_with_them(
    ticket: Ticket, cast: Cast, files: Path
) -> None:
    join(ticket.requester, cast.anna.person, by=SYSTEM, at=cast.at)
    erase(cast.anna.person, by=SYSTEM, at=cast.at)
    assert list(places_with(CANARY)) == []
    assert Erasure.objects.count() == 2


def test_who_was_taken_apart_is_erased_alone_though_a_backup_knows_them_as_one(
    ticket: Ticket, cast: Cast
) -> None:
    joined = join(ticket.requester, cast.anna.person, by=SYSTEM, at=cast.at)
    person = ticket.requester
    Person.objects.filter(pk=person.pk).update(erased_at=None)
    assert replay([person.pk], by=SYSTEM, at=cast.at) == 1
    assert Person.objects.get(
        pk=joined.other_id if joined.one_id == person.pk else joined.one_id
    ).name


def test_a_file_that_hangs_on_a_note_too_stays(ticket: Ticket, cast: Cast) -> None:
    shared = Attachment.objects.get(name__endswith=".txt").blob
    files, by = [(shared, "same.txt")], cast.actor(cast.olga)
    note(cast.ticket("Another"), text="As here", files=files, by=by, at=cast.at)
    erase(ticket.requester, by=SYSTEM, at=cast.at)
    assert path_of(shared.sha256).exists()
