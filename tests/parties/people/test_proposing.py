"""Who is proposed to be one with whom when somebody is new or changed, and who never is."""

import pytest

from ambidesk.ground.kernel import journal
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.parties.people.describing import add_identity, describe
from ambidesk.parties.people.erasing import erase
from ambidesk.parties.people.joining import join
from ambidesk.parties.people.judging import tell_apart
from ambidesk.parties.people.meeting import Caller, meet
from ambidesk.parties.people.models import IdentityKind, Join, Resemblance, Trace
from ambidesk.parties.people.parting import part
from ambidesk.parties.people.recognising.proposing import KINDS, follow, propose

EMAIL, PHONE, MESSENGER = IdentityKind.EMAIL, IdentityKind.PHONE, IdentityKind.MESSENGER


@pytest.fixture
def person(db, at):
    def make(name, value, kind=EMAIL, display=""):
        caller = Caller(kind=kind, value=value, name=name, display=display)
        met = meet(caller, by=SYSTEM, at=at).person
        propose([met.pk], at=at)
        return met

    return make


def _pairs():
    return {(row.one_id, row.other_id) for row in Resemblance.objects.waiting()}


def test_a_writer_by_mail_and_by_telegram_is_proposed_with_reasons(person, at):
    mail = person("Anna Verbitskaya", "anna.verbitskaya@example.org")
    chat = person("Аня Вербицкая", "tg:123", MESSENGER, "@anna_verbitskaya")
    assert _pairs() == {(mail.pk, chat.pk)}
    found = Resemblance.objects.get()
    assert set(found.reasons) == {"given", "surname", "handle"}
    assert found.score > 11


def test_one_given_name_alone_is_nothing(person):
    person("Anna", "anna@example.org")
    person("Анна", "tg:1", MESSENGER)
    assert _pairs() == set()


def test_a_name_that_many_have_is_nothing_by_itself(person):
    for number in range(6):
        person("Ivan Smirnov", f"smirnov{number}x@provider{number}.example")
    Resemblance.objects.all().delete()
    person("Иван Смирнов", "tg:5", MESSENGER)
    assert _pairs() == set()


def test_couples_and_twins_at_one_address_are_not_proposed(person, at):
    olga = person("Olga Verbitskaya", "verbitsky@example.org")
    pavel = person("Pavel Verbitsky", "pavel@verbitsky.example")
    add_identity(olga, PHONE, value="+79161234567", by=SYSTEM, at=at)
    propose([olga.pk, pavel.pk], at=at)
    assert _pairs() == set()


def test_colleagues_who_write_from_one_box_are_not_proposed(person):
    person("Anna Orlova", "info@firm.example")
    person("Boris Petrov", "info@firm.example")
    person("Anna Ilyina", "sales@firm.example")
    assert _pairs() == set()


def test_who_was_told_apart_is_never_proposed_again(person, at):
    one = person("Anna Verbitskaya", "anna.verbitskaya@example.org")
    other = person("Анна Вербицкая", "tg:1", MESSENGER)
    tell_apart(one, other, by=SYSTEM, at=at)
    propose([one.pk, other.pk], at=at)
    assert _pairs() == set()


def test_an_undone_decision_is_a_proposal_again(person, at):
    one = person("Anna Verbitskaya", "anna.verbitskaya@example.org")
    other = person("Анна Вербицкая", "tg:1", MESSENGER)
    joined = join(one, other, by=SYSTEM, at=at)
    propose([one.pk, other.pk], at=at)
    assert _pairs() == set()
    part(joined, by=SYSTEM, at=at)
    assert _pairs() == {(one.pk, other.pk)}


def test_a_proposal_goes_when_its_reasons_are_gone(person, at):
    one = person("Anna Verbitskaya", "a@example.org")
    other = person("Анна Вербицкая", "tg:1", MESSENGER)
    assert _pairs() == {(one.pk, other.pk)}
    describe(one, name="Boris Smirnov", remark="", by=SYSTEM, at=at)
    propose([one.pk], at=at)
    assert _pairs() == set()


def test_an_erased_person_leaves_no_trace(person, at):
    one = person("Anna Verbitskaya", "anna@example.org")
    person("Анна Вербицкая", "tg:1", MESSENGER)
    erase(one, by=SYSTEM, at=at)
    propose([one.pk], at=at)
    assert _pairs() == set()
    assert not Trace.objects.filter(person=one).exists()


def test_the_subscriber_looks_at_whoever_an_entry_tells_of(db, at):
    one = meet(Caller(kind=EMAIL, value="a@example.org", name="Anna Verbitskaya"), by=SYSTEM, at=at)
    two = meet(Caller(kind=MESSENGER, value="tg:1", name="Анна Вербицкая"), by=SYSTEM, at=at)
    entries = [
        *journal.entries_of("person", one.person_id),
        *journal.entries_of("person", two.person_id),
    ]
    assert {entry.kind for entry in entries} <= set(KINDS)
    assert follow(entries, at=at) == 1
    assert follow(entries, at=at) == 1
    assert _pairs() == {(one.person_id, two.person_id)}


def test_who_is_taken_apart_is_looked_at_again_both_of_them(person, at):
    one = person("Anna Verbitskaya", "anna.verbitskaya@example.org")
    other = person("Анна Вербицкая", "tg:1", MESSENGER)
    part(join(one, other, by=SYSTEM, at=at), by=SYSTEM, at=at)
    Resemblance.objects.all().delete()
    last = journal.entries_of("person", one.pk)[-1]
    assert last.kind in KINDS
    assert follow([last], at=at) == 1
    assert _pairs() == {(one.pk, other.pk)}


def test_nothing_is_joined_by_likeness(person):
    person("Anna Verbitskaya", "anna.verbitskaya@example.org")
    person("Anna Verbitskaya", "anna.verbitskaya@example.net")
    assert Join.objects.count() == 0
