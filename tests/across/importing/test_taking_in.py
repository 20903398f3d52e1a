"""Tickets of another system come in once, with their words, and go on where the file has grown."""

from pathlib import Path

import pytest

from ambidesk.across.importing import loading
from ambidesk.across.importing.models import ImportedPerson, ImportedTicket
from ambidesk.across.importing.rules.mapping import read_mapping
from ambidesk.across.importing.rules.rows import Fault
from ambidesk.across.importing.taking_in import NoSuchBrand, Taken, take_in
from ambidesk.across.insight.models import FactRow
from ambidesk.across.insight.recounting import recount
from ambidesk.across.insight.rules.facts import FactKind
from ambidesk.across.privacy.erasing import erase
from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.journal import Origin
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.parties.people.models import Person
from ambidesk.parties.staff.models import Member, Team
from ambidesk.support.conversations.models import Delivery, Message
from ambidesk.support.tickets.closing import reopen
from ambidesk.support.tickets.models import Note, State, Ticket
from tests.cast import Cast

MAPPING = """
source = "Old desk"
brand = "polka"
[columns]
ticket = "id"
time = "at"
kind = "kind"
actor = "who"
state = "state"
team = "team"
assignee = "holder"
subject = "subject"
requester = "from"
requester_email = "mail"
text = "text"
[create]
staff = true
"""
HEAD = "id,at,kind,who,state,team,holder,subject,from,mail,text\n"
FIRST = """\
A-1,2024-05-06T09:00:00+03:00,message,,new,Shop,,Lost parcel,Vera,vera@example.org,Where is it?
A-1,2024-05-06T09:30:00+03:00,answer,Olga Orlova,,,Olga Orlova,,,,On its way.
A-1,2024-05-06T10:00:00+03:00,note,Former Colleague,,,,,,,Asked the courier.
A-1,2024-05-07T10:00:00+03:00,change,Olga Orlova,solved,,Olga Orlova,,,,
"""
SECOND = "A-2,2024-05-06T11:00:00+03:00,change,,new,Shop,,Old lift,Pavel,,\n"
MORE = "A-1,2024-05-08T10:00:00+03:00,message,,,,,,Vera,vera@example.org,It never came!\n"


def taken(
    cast: Cast, path: Path, rows: str, *, dry_run: bool = False, mapping: str = MAPPING
) -> Taken:
    file = path / "old.csv"
    file.write_text(HEAD + rows, encoding="utf-8")
    return take_in(
        file,
        read_mapping(mapping),
        dry_run=dry_run,
        at=cast.at,
        progress=lambda _done, _of: None,
    )


def test_a_ticket_comes_in_with_its_words_notes_and_times(cast: Cast, tmp_path: Path) -> None:
    found = taken(cast, tmp_path, FIRST + SECOND)
    assert found.plan.problems == ()
    assert found.reconciliation
    assert found.reconciliation.agrees
    ticket = Ticket.objects.get(subject="Lost parcel")
    assert (ticket.state, ticket.team, ticket.assignee) == (
        State.SOLVED,
        cast.shop_team,
        cast.olga,
    )
    assert ticket.opened_at.isoformat() == "2024-05-06T06:00:00+00:00"
    said = [(m.direction, m.text) for m in Message.objects.order_by("pk")]
    assert said == [("in", "Where is it?"), ("out", "On its way.")]
    note = Note.objects.get()
    assert note.author
    assert note.author.name == "Former Colleague"
    assert not Member.objects.get(user=note.author).is_active
    assert ticket.requester.name == "Vera"


def test_what_came_in_is_history_and_nothing_of_it_leaves(cast: Cast, tmp_path: Path) -> None:
    taken(cast, tmp_path, FIRST)
    ticket = Ticket.objects.get(subject="Lost parcel")
    entries = journal.entries_of("ticket", ticket.pk)
    assert {entry.origin for entry in entries} == {Origin.IMPORT}
    assert not Delivery.objects.exists()


def test_an_answer_of_then_is_a_first_response_of_then(cast: Cast, tmp_path: Path) -> None:
    taken(cast, tmp_path, FIRST + SECOND)
    recount(set(Ticket.objects.values_list("pk", flat=True)))
    first = FactRow.objects.get(kind=FactKind.FIRST_RESPONSE)
    assert (first.value, first.member) == (30 * 60, cast.olga.pk)
    assert FactRow.objects.filter(kind=FactKind.ABANDONMENT).get().flag is False


def test_tickets_without_any_words_are_not_called_abandoned(cast: Cast, tmp_path: Path) -> None:
    taken(cast, tmp_path, SECOND + SECOND.replace("11:00", "12:00").replace("new", "closed"))
    recount(set(Ticket.objects.values_list("pk", flat=True)))
    assert FactRow.objects.filter(kind=FactKind.SOLVED).exists()
    assert not FactRow.objects.filter(kind=FactKind.ABANDONMENT).exists()


def test_a_dry_run_writes_nothing_and_says_what_would_be(cast: Cast, tmp_path: Path) -> None:
    found = taken(cast, tmp_path, FIRST + SECOND, dry_run=True)
    assert [each.key for each in found.plan.new] == ["A-1", "A-2"]
    assert not Ticket.objects.exists()
    assert not Person.objects.filter(name="Vera").exists()


def test_what_has_grown_goes_on_and_what_is_in_stays_one(cast: Cast, tmp_path: Path) -> None:
    taken(cast, tmp_path, FIRST + SECOND)
    again = taken(cast, tmp_path, SECOND + MORE + FIRST)
    assert [each.key for each, _row in again.plan.grown] == ["A-1"]
    assert [each.key for each in again.plan.unchanged] == ["A-2"]
    assert again.reconciliation
    assert again.reconciliation.agrees
    ticket = Ticket.objects.get(subject="Lost parcel")
    assert (ticket.state, ticket.reopened_times) == (State.OPEN, 1)
    assert Message.objects.count() == 3
    assert Ticket.objects.count() == 2


def test_a_ticket_that_was_worked_on_here_is_left_as_it_is(cast: Cast, tmp_path: Path) -> None:
    taken(cast, tmp_path, FIRST)
    reopen(Ticket.objects.get(), by=cast.actor(cast.olga), at=cast.at)
    again = taken(cast, tmp_path, FIRST + MORE)
    assert [each.fault for each in again.plan.problems] == [Fault.CHANGED_HERE]
    assert Message.objects.count() == 2


def test_a_file_that_says_otherwise_now_changes_nothing(cast: Cast, tmp_path: Path) -> None:
    taken(cast, tmp_path, FIRST)
    again = taken(cast, tmp_path, FIRST.replace("On its way.", "Lost."))
    assert [each.fault for each in again.plan.problems] == [Fault.CHANGED_THERE]
    assert Message.objects.filter(text="On its way.").exists()


def test_an_import_that_was_stopped_goes_on(
    cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class StoppedError(Exception):
        pass

    def stop(_done: int, _of: int) -> None:
        raise StoppedError

    monkeypatch.setattr(loading, "AT_ONCE", 2)
    file = tmp_path / "old.csv"
    rows = "".join(SECOND.replace("A-2", f"B-{number}") for number in range(7))
    file.write_text(HEAD + rows, encoding="utf-8")
    with pytest.raises(StoppedError):
        take_in(file, read_mapping(MAPPING), dry_run=False, at=cast.at, progress=stop)
    assert 0 < Ticket.objects.count() < 7
    rest = taken(cast, tmp_path, rows)
    assert rest.reconciliation
    assert rest.reconciliation.agrees
    assert Ticket.objects.count() == ImportedTicket.objects.count() == 7


def test_somebody_without_an_address_is_one_person_and_can_be_erased(
    cast: Cast, tmp_path: Path
) -> None:
    taken(cast, tmp_path, SECOND + SECOND.replace("A-2", "A-3"))
    pavel = Person.objects.get(name="Pavel")
    assert pavel.tickets.count() == 2
    erase(pavel, by=SYSTEM, at=cast.at)
    assert not ImportedPerson.objects.filter(person=pavel).exists()


@pytest.mark.parametrize(
    "rows,fault",
    [
        (SECOND.replace(",Shop,", ",Nowhere,"), Fault.UNKNOWN_TEAM),
        (SECOND.replace(",new,", ",odd,"), Fault.UNKNOWN_STATE),
        (SECOND.replace(",change,", ",odd,"), Fault.UNKNOWN_KIND),
        (SECOND.replace(",change,", ",message,"), Fault.NO_WORDS),
    ],
)
def test_a_ticket_with_a_line_that_cannot_be_read_is_held_back(
    cast: Cast, tmp_path: Path, rows: str, fault: Fault
) -> None:
    found = taken(cast, tmp_path, FIRST + rows)
    assert [(each.fault, each.line) for each in found.plan.problems] == [(fault, 6)]
    assert list(Ticket.objects.values_list("subject", flat=True)) == ["Lost parcel"]
    assert found.reconciliation
    assert found.reconciliation.agrees


def test_teams_are_made_where_the_mapping_says_so(cast: Cast, tmp_path: Path) -> None:
    rows = SECOND.replace(",Shop,", ",Nowhere,")
    taken(cast, tmp_path, rows, mapping=MAPPING + "teams = true\n")
    team = Team.objects.get(name="Nowhere")
    assert list(team.brands.all()) == [cast.shop]
    assert Ticket.objects.get().team == team


def test_where_several_brands_are_the_mapping_says_which(cast: Cast, tmp_path: Path) -> None:
    with pytest.raises(NoSuchBrand) as refused:
        taken(cast, tmp_path, SECOND, mapping=MAPPING.replace('brand = "polka"', ""))
    assert "Liftcare" in str(refused.value)


def test_an_erased_requester_does_not_come_back_by_a_longer_file(
    cast: Cast, tmp_path: Path
) -> None:
    taken(cast, tmp_path, FIRST)
    erase(Person.objects.get(name="Vera"), by=SYSTEM, at=cast.at)
    again = taken(cast, tmp_path, FIRST + MORE)
    assert [each.fault for each in again.plan.problems] == [Fault.ERASED]
    assert not Person.objects.filter(name="Vera").exists()
