"""A stage goes to a contractor and comes back: accepted, refused, given back, done, again."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection

from ambidesk.ground.fields.rules.spec import Texts
from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.journal import entries_of
from ambidesk.ground.kernel.refusal import NotEntitled
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.ground.reach.wall import walled
from ambidesk.parties.authority.entering import entering
from ambidesk.parties.authority.granting import withdraw_authority
from ambidesk.parties.authority.models import Authority
from ambidesk.service.contractors.engaging import dismiss
from ambidesk.service.sla.models import Clock
from ambidesk.service.workflow.drawing import NotReady
from ambidesk.service.workflow.rules.plan import Deadline, Item, Plan, StageKind
from ambidesk.support.handovers.answering import (
    NotTicked,
    Result,
    accept,
    finish,
    give_back,
    refuse,
)
from ambidesk.support.handovers.following import KINDS, follow
from ambidesk.support.handovers.judging import send_back, take, withdraw
from ambidesk.support.handovers.models import Handover, HandoverFile, Word
from ambidesk.support.handovers.moving import NotNow
from ambidesk.support.handovers.offering import AlreadyHandedOver, NotEngaged, Task, offer
from ambidesk.support.handovers.rules.standing import Standing
from ambidesk.support.handovers.speaking import HandoverOver, NothingSaid, Words, say
from ambidesk.support.promises.events import TermsChosen
from ambidesk.support.stages.contracting import StillHandedOver
from ambidesk.support.stages.moving import begin, go
from ambidesk.support.stages.performing import tick_off
from ambidesk.support.tickets.closing import close
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.tickets.regrouping import merge
from ambidesk.support.works.models import Expense
from tests.called_in import CalledIn, call_in
from tests.cast import Cast
from tests.clients import make_clients
from tests.service.workflow.plans import stage, way
from tests.support.stages.processes import published

HOUR = timedelta(hours=1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def called(cast: Cast) -> CalledIn:
    """Two contractors."""
    return call_in(cast)


def plan_with(called: CalledIn, *, state: str = "open") -> Plan:
    """A stage of the cold contractor between two of ours."""
    theirs = replace(
        stage(2),
        state=state,
        contractor=called.cold.pk,
        deadline=Deadline(work=3 * HOUR),
        checklist=(Item(id=1, text=Texts(en="Gas is measured")),),
    )
    stages = (stage(1), theirs, stage(3), stage(9, StageKind.END))
    return Plan(stages=stages, transitions=(way(1, 1, 2), way(2, 2, 3), way(3, 3, 9)))


def handed(called: CalledIn) -> Handover:
    """A ticket that has come to the contractor's stage."""
    cast = called.cast
    process = published(cast, plan_with(called))
    ticket = cast.ticket()
    begin(ticket, process, by=cast.actor(cast.olga), at=cast.at)
    go(ticket, 1, by=cast.actor(cast.olga), at=cast.at)
    return Handover.objects.get(ticket=ticket)


def test_entering_a_contractors_stage_hands_it_over_with_a_clock_that_ends_before_ours(
    called: CalledIn,
) -> None:
    row = handed(called)
    assert (row.contractor, row.standing, row.task) == (called.cold, Standing.OFFERED, "Stage 2")
    assert row.stay is not None
    ours = Clock.objects.get(promise=row.stay.promise)
    theirs = Clock.objects.get(promise__handover_round__handover=row)
    assert ours.due_at == row.offered_at + 3 * HOUR
    assert theirs.due_at == row.due_at == row.offered_at + 2 * HOUR
    assert theirs.next_at is not None
    assert not ours.is_paused


def test_a_contractor_accepts_ticks_and_is_done_and_the_cost_is_spent_once(
    called: CalledIn,
) -> None:
    row, fitter, at = handed(called), called.actor(called.fitter), called.cast.at
    olga = called.cast.actor(called.cast.olga)
    accept(row, by=fitter, at=at)
    with pytest.raises(StillHandedOver, match="canarycold has this stage"):
        go(row.ticket, 2, by=olga, at=at)
    with pytest.raises(NotTicked, match="Gas is measured"):
        finish(row, Result(minutes=90), by=fitter, at=at)
    tick_off(row, 1, done=True, by=fitter, at=at)
    said = Words(text="Filled up", files=(("gauge.txt", b"3.2 bar"),))
    done = Result(words=said, minutes=90, materials=Decimal(400))
    finish(row, done, by=fitter, at=at + HOUR)
    clock = Clock.objects.get(promise__handover_round__handover=row)
    assert clock.met_at == at + HOUR
    assert clock.next_at is None
    go(row.ticket, 2, by=olga, at=at + HOUR)
    row.refresh_from_db()
    assert row.standing == Standing.TAKEN
    assert [each.cost for each in Expense.objects.filter(ticket=row.ticket)] == [Decimal(2650)]
    with pytest.raises(NotNow):
        take(row, by=olga, at=at + HOUR)
    assert Expense.objects.filter(ticket=row.ticket).count() == 1


def test_what_is_refused_or_given_back_is_our_teams_again(called: CalledIn) -> None:
    cast, fitter = called.cast, called.actor(called.fitter)
    row = handed(called)
    Ticket.objects.filter(pk=row.ticket_id).update(team=cast.lift_team)
    Handover.objects.filter(pk=row.pk).update(team=cast.shop_team)
    with pytest.raises(NothingSaid):
        refuse(row, " ", by=fitter, at=cast.at)
    refuse(row, "No free hands this week", by=fitter, at=cast.at)
    ticket = Ticket.objects.get(pk=row.ticket_id)
    assert ticket.team == cast.shop_team
    assert Word.objects.get(handover=row).text == "No free hands this week"
    kinds = [each.kind for each in entries_of("ticket", ticket.pk)]
    assert kinds[-2:] == ["handovers.moved", "tickets.assigned"]
    assert not Handover.objects.visible_to(fitter).exists()
    again = offer(
        ticket,
        Task(what="Look", stay=row.stay),
        to=called.lift,
        by=cast.actor(cast.olga),
        at=cast.at,
    )
    rival = called.actor(called.rival)
    accept(again, by=rival, at=cast.at)
    give_back(again, "No parts", by=rival, at=cast.at)
    again.refresh_from_db()
    assert again.standing == Standing.RETURNED


def test_rework_has_a_reason_a_count_and_a_clock_of_its_own(called: CalledIn) -> None:
    row, fitter, at = handed(called), called.actor(called.fitter), called.cast.at
    olga = called.cast.actor(called.cast.olga)
    accept(row, by=fitter, at=at)
    tick_off(row, 1, done=True, by=fitter, at=at)
    finish(row, Result(minutes=30), by=fitter, at=at + HOUR)
    with pytest.raises(NothingSaid):
        send_back(row, Words(), by=olga, at=at + HOUR)
    send_back(row, Words(text="It still leaks"), by=olga, at=at + HOUR)
    row.refresh_from_db()
    assert (row.standing, row.reworks, row.done_at) == (Standing.ACCEPTED, 1, None)
    rounds = list(row.rounds.order_by("number"))
    assert [(each.number, each.is_done) for each in rounds] == [(1, True), (2, False)]
    # An hour before the stage's own deadline, which went on meanwhile.
    assert row.due_at == rounds[1].due_at == at + 2 * HOUR
    finish(row, Result(minutes=45), by=fitter, at=at + 2 * HOUR)
    take(row, by=olga, at=at + 2 * HOUR)


def test_only_the_contractors_people_answer_and_only_ours_judge(called: CalledIn) -> None:
    row, at = handed(called), called.cast.at
    olga, rival = called.cast.actor(called.cast.olga), called.actor(called.rival)
    fitter = called.actor(called.fitter)
    for stranger in (olga, rival):
        with pytest.raises(NotEntitled):
            accept(row, by=stranger, at=at)
    for verb in (take, withdraw):
        with pytest.raises(NotEntitled):
            verb(row, by=fitter, at=at)
    with pytest.raises(NotEntitled):
        say(row, Words(text="Let me in"), by=rival, at=at)
    withdraw_authority(Authority.objects.get(contact=called.fitter), by=SYSTEM, at=at + HOUR)
    with pytest.raises(NotEntitled):
        accept(row, by=entering(called.user(called.fitter), at=at + HOUR), at=at + HOUR)
    withdraw(row, by=olga, at=at)
    with pytest.raises(HandoverOver):
        say(row, Words(text="Are you there?"), by=olga, at=at)


def test_a_contractor_sees_what_is_handed_over_to_them_and_the_database_shows_no_more(
    called: CalledIn,
) -> None:
    cast = called.cast
    clients = make_clients(cast)
    ticket = clients.ask(clients.shopkeeper, "Freezer is warm", clients.north_shop)
    other = clients.ask(clients.director, "Door is stuck", clients.south_shop)
    olga, at = cast.actor(cast.olga), cast.at
    task = Task(what="Look at it", words=Words(text="Third row", files=(("map.txt", b"x"),)))
    row = offer(ticket, task, to=called.cold, by=olga, at=at)
    offer(other, Task(what="Another"), to=called.lift, by=olga, at=at)
    fitter, rival = called.actor(called.fitter), called.actor(called.rival)
    assert list(Handover.objects.visible_to(fitter)) == [row]
    assert HandoverFile.objects.visible_to(fitter).count() == 1
    assert not HandoverFile.objects.visible_to(rival).exists()
    assert not Ticket.objects.visible_to(fitter).exists()
    assert not Handover.objects.visible_to(clients.actor(clients.director)).exists()
    with walled(fitter.companies), connection.cursor() as cursor:
        found = {}
        for table, column in (
            ("tickets_ticket", "id"),
            ("companies_site", "name"),
            ("handovers_handover", "task"),
            ("handovers_word", "text"),
            ("handovers_handoverfile", "name"),
            ("companies_contact", "id"),
            ("conversations_message", "id"),
        ):
            cursor.execute(f"SELECT {column} FROM {table}")  # noqa: S608 names of ours
            found[table] = [value for (value,) in cursor.fetchall()]
    assert found == {
        "tickets_ticket": [],
        "companies_site": ["Shop North"],
        "handovers_handover": ["Look at it"],
        "handovers_word": ["Third row"],
        "handovers_handoverfile": ["map.txt"],
        "companies_contact": [called.fitter.pk],
        "conversations_message": [],
    }


def test_one_contractor_at_a_time_and_none_that_is_not_called_in(called: CalledIn) -> None:
    cast, row = called.cast, handed(called)
    olga = cast.actor(cast.olga)
    with pytest.raises(AlreadyHandedOver):
        offer(row.ticket, Task(what="Me too", stay=row.stay), to=called.lift, by=olga, at=cast.at)
    dismiss(called.lift, by=SYSTEM, at=cast.at)
    with pytest.raises(NotEngaged, match="canarylift"):
        offer(cast.ticket(), Task(what="Look"), to=called.lift, by=olga, at=cast.at)


def test_a_contractors_stage_cannot_be_one_in_which_the_clients_clock_stands_still(
    called: CalledIn,
) -> None:
    with pytest.raises(NotReady, match="the client's time goes on"):
        published(called.cast, plan_with(called, state="waiting_other"))
    dismiss(called.cold, by=SYSTEM, at=called.cast.at)
    with pytest.raises(NotReady, match="not called in any more"):
        published(called.cast, plan_with(called))


def test_a_contractor_is_due_sooner_when_the_client_is_promised_something_sooner(
    called: CalledIn,
) -> None:
    cast = called.cast
    ticket = cast.ticket()
    row = offer(ticket, Task(what="Look"), to=called.cold, by=cast.actor(cast.olga), at=cast.at)
    assert row.due_at == cast.at + 4 * HOUR
    Ticket.objects.filter(pk=ticket.pk).update(due_at=cast.at + 3 * HOUR)
    chosen = TermsChosen(ticket_id=ticket.pk, policy_version_id=None, calendar_version_id=None)
    journal.record(chosen, by=SYSTEM, at=cast.at)
    follow(entries_of("ticket", ticket.pk), at=cast.at)
    follow(entries_of("ticket", ticket.pk), at=cast.at)
    row.refresh_from_db()
    assert row.due_at == row.rounds.get().due_at == cast.at + 2 * HOUR
    kinds = [each.kind for each in entries_of("ticket", ticket.pk)]
    assert kinds.count("handovers.hastened") == 1


def test_what_is_handed_over_of_a_closed_ticket_is_taken_back(called: CalledIn) -> None:
    cast = called.cast
    ticket = cast.ticket()
    row = offer(ticket, Task(what="Look"), to=called.cold, by=cast.actor(cast.olga), at=cast.at)
    close(ticket, by=cast.actor(cast.olga), at=cast.at)
    follow(entries_of("ticket", ticket.pk), at=cast.at)
    row.refresh_from_db()
    assert row.standing == Standing.WITHDRAWN
    assert Clock.objects.get(promise=row.rounds.get().promise).next_at is None


def test_what_was_done_is_taken_when_the_ticket_closes(called: CalledIn) -> None:
    cast, fitter = called.cast, called.actor(called.fitter)
    ticket, olga = cast.ticket(), cast.actor(cast.olga)
    row = offer(ticket, Task(what="Look"), to=called.cold, by=olga, at=cast.at)
    accept(row, by=fitter, at=cast.at)
    finish(row, Result(minutes=30, materials=Decimal(400)), by=fitter, at=cast.at)
    close(ticket, by=olga, at=cast.at)
    follow(entries_of("ticket", ticket.pk), at=cast.at)
    row.refresh_from_db()
    assert row.standing == Standing.TAKEN
    assert Expense.objects.filter(ticket=ticket).count() == 1


def test_what_is_handed_over_of_a_merged_ticket_is_taken_back(called: CalledIn) -> None:
    cast = called.cast
    ticket, other, olga = cast.ticket(), cast.ticket(), cast.actor(cast.olga)
    row = offer(ticket, Task(what="Look"), to=called.cold, by=olga, at=cast.at)
    merge(ticket, other, by=olga, at=cast.at)
    entries = [each for each in entries_of("ticket", ticket.pk) if each.kind in KINDS]
    follow(entries, at=cast.at)
    row.refresh_from_db()
    assert row.standing == Standing.WITHDRAWN
