"""Who is told what of a handover: ours on the screen, the contractor's people by mail."""

import pytest

from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.journal import Entry, entries_of
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.parties.authority.models import Letter, LetterKind
from ambidesk.service.sla.events import PromiseWarned
from ambidesk.service.sla.models import Clock
from ambidesk.support.handovers.answering import Result, accept, finish, refuse
from ambidesk.support.handovers.judging import send_back
from ambidesk.support.handovers.models import Handover
from ambidesk.support.handovers.offering import Task, offer
from ambidesk.support.handovers.speaking import Words, say
from ambidesk.support.handovers.telling import KINDS, tell_of
from ambidesk.support.notifications.models import Notice, NoticeKind
from ambidesk.support.tickets.assigning import assign
from tests.called_in import HOUR, CalledIn, call_in
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def called(cast: Cast) -> CalledIn:
    """Two contractors."""
    return call_in(cast)


@pytest.fixture
def row(called: CalledIn) -> Handover:
    """Something that Olga, who has the ticket, handed over."""
    cast = called.cast
    ticket = assign(cast.ticket(), assignee=cast.olga, team=cast.shop_team, by=SYSTEM, at=cast.at)
    called.user(called.fitter)
    return offer(ticket, Task(what="Look"), to=called.cold, by=cast.actor(cast.olga), at=cast.at)


def entries(row: Handover) -> list[Entry]:
    """What the journal says of it, and of its clock."""
    promise = row.rounds.order_by("-number")[0].promise_id
    said = [*entries_of("ticket", row.ticket_id), *entries_of("promise", promise)]
    return [each for each in said if each.kind in KINDS]


def told(row: Handover) -> list[tuple[int, str]]:
    """Tell twice, and say who was told what."""
    for _twice in range(2):
        tell_of(entries(row), at=row.offered_at)
    rows = Notice.objects.order_by("sequence", "user")
    return [(each.user_id, each.kind) for each in rows if each.subject_id == row.ticket_id]


def letters() -> list[str]:
    """Which letters wait."""
    return sorted(Letter.objects.values_list("kind", flat=True))


def test_who_has_the_ticket_hears_that_it_was_accepted_written_about_and_done(
    called: CalledIn, row: Handover
) -> None:
    olga, at = called.cast.olga.user_id, called.cast.at
    fitter = called.actor(called.fitter)
    assert told(row) == []
    accept(row, by=fitter, at=at)
    say(row, Words(text="On our way"), by=fitter, at=at)
    finish(row, Result(minutes=30), by=fitter, at=at)
    assert told(row) == [(olga, NoticeKind.HANDED)] * 3


def test_the_whole_team_hears_that_it_has_it_again(called: CalledIn, row: Handover) -> None:
    refuse(row, "No free hands", by=called.actor(called.fitter), at=called.cast.at)
    team = {each.user_id for each in called.cast.shop_team.members.all()}
    heard = told(row)
    assert {user for user, _kind in heard} == team | {called.cast.olga.user_id}
    assert {kind for _user, kind in heard} == {NoticeKind.HANDED}


def warn(row: Handover, *, breached: bool) -> None:
    """Let the contractor's clock warn."""
    clock = Clock.objects.get(promise__handover_round__handover=row)
    warned = PromiseWarned(
        promise_id=clock.promise_id, clock_id=clock.pk, level=1, breached=breached
    )
    journal.record(warned, by=SYSTEM, at=row.offered_at + 3 * HOUR)


def test_who_has_the_ticket_hears_that_the_contractor_is_about_to_be_late(
    called: CalledIn, row: Handover
) -> None:
    warn(row, breached=False)
    assert told(row) == [(called.cast.olga.user_id, NoticeKind.LATE)]


def test_the_whole_team_hears_that_the_contractor_is_late(row: Handover, called: CalledIn) -> None:
    warn(row, breached=True)
    team = {each.user_id for each in called.cast.shop_team.members.all()}
    assert set(told(row)) == {(user, NoticeKind.LATE) for user in team}


def test_the_contractors_people_learn_by_mail_of_work_of_rework_and_of_words(
    called: CalledIn, row: Handover
) -> None:
    olga, fitter, at = called.cast.actor(called.cast.olga), called.fitter, called.cast.at
    told(row)
    assert letters() == [LetterKind.WORK]
    letter = Letter.objects.get()
    assert letter.address == called.user(fitter).email
    assert letter.company == called.cold.company
    accept(row, by=called.actor(fitter), at=at)
    finish(row, Result(minutes=30), by=called.actor(fitter), at=at)
    send_back(row, Words(text="It leaks"), by=olga, at=at)
    say(row, Words(text="Are you there?"), by=olga, at=at)
    told(row)
    assert letters() == [LetterKind.REWORK, LetterKind.WORD, LetterKind.WORK]
