"""What exchanges tell in any order and twice is one call; a missed one is somebody's task."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ambidesk.across.privacy.erasing import erase
from ambidesk.ground.files.models import Blob
from ambidesk.ground.files.storing import store
from ambidesk.ground.kernel.journal.reading import SELECT, entries_by
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.parties.people.meeting import Caller, meet
from ambidesk.parties.people.models import IdentityKind, Resemblance
from ambidesk.parties.people.recognising.proposing import KINDS, follow
from ambidesk.support.channels.contract.inbound import Called, FileRef, Phase
from ambidesk.support.conversations.models import Channel
from ambidesk.support.desk.models import Reminder
from ambidesk.support.telephony.extending import ExtensionTaken, extend
from ambidesk.support.telephony.folding import fold
from ambidesk.support.telephony.models import Call, CallState
from ambidesk.support.telephony.taking import end_unheard, put_down
from ambidesk.support.tickets.assigning import assign
from ambidesk.support.tickets.models import Ticket
from tests.cast import Cast
from tests.clients import make_clients

NUMBER = "+79161234567"
SECOND = timedelta(seconds=1)


def told(phase: Phase, at: datetime, **more: object) -> Called:
    facts = {"call": "1", "is_outgoing": False, "number": NUMBER, "happened_at": at, **more}
    return Called(phase=phase, **facts)  # type: ignore[arg-type]


def exchange(cast: Cast) -> Channel:
    return Channel.objects.create(
        kind="mango", brand=cast.shop, team=cast.shop_team, name="Calls", address="calls"
    )


@given(
    order=st.lists(st.sampled_from(range(4)), min_size=4, max_size=12),
    shuffled=st.permutations(range(4)),
)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_order_and_any_repetition_make_the_same_call(
    order: list[int], shuffled: list[int]
) -> None:
    at = datetime.fromisoformat("2026-03-02T09:00:00+00:00")
    file = FileRef(handle="r1", name="call")
    all_of_it = [
        told(Phase.RINGING, at, line="7495"),
        told(Phase.ANSWERED, at + 5 * SECOND, extension="101"),
        told(Phase.ENDED, at + 60 * SECOND, was_answered=True),
        told(Phase.RECORDED, at + 61 * SECOND, recording=file),
    ]
    rows = []
    for way in ([0, 1, 2, 3], [*order, *shuffled]):
        row = Call(key="1", way="in", began_at=all_of_it[way[0]].happened_at)
        for each in way:
            fold(row, all_of_it[each])
        rows.append(row)
    one, other = rows
    for name in ("state", "number", "line", "extension", "began_at", "ended_at"):
        assert getattr(one, name) == getattr(other, name)
    assert one.recording_handle == other.recording_handle


@pytest.mark.django_db
def test_a_missed_call_is_a_ticket_and_another_one_reminds_who_has_it(cast: Cast) -> None:
    channel = exchange(cast)
    ended = told(Phase.ENDED, cast.at, was_answered=False)
    row = put_down(channel, told(Phase.RINGING, cast.at), by=SYSTEM, at=cast.at)
    assert row.ticket is None
    row = put_down(channel, ended, by=SYSTEM, at=cast.at)
    assert row.state == CallState.MISSED
    assert row.ticket
    assert NUMBER in row.ticket.subject
    assert (row.ticket.team, row.ticket.assignee) == (cast.shop_team, None)

    assign(row.ticket, assignee=cast.olga, team=None, by=SYSTEM, at=cast.at)
    put_down(channel, replace(ended, call="2"), by=SYSTEM, at=cast.at + SECOND)
    put_down(channel, replace(ended, call="2"), by=SYSTEM, at=cast.at + SECOND)

    assert Ticket.objects.count() == 1
    assert [each.user for each in Reminder.objects.all()] == [cast.olga.user]


@pytest.mark.django_db
def test_who_answers_has_the_ticket_and_it_is_for_the_company_of_the_caller(cast: Cast) -> None:
    made, channel = make_clients(cast), exchange(cast)
    extend(cast.olga, "101", by=SYSTEM, at=cast.at)
    with pytest.raises(ExtensionTaken):
        extend(cast.ivan, "101", by=SYSTEM, at=cast.at)
    caller = Caller(kind=IdentityKind.PHONE, value=NUMBER, name="Mila")
    identity = meet(caller, by=SYSTEM, at=cast.at)
    identity.person_id = made.manager.person_id
    identity.save(update_fields=["person"])

    put_down(channel, told(Phase.ANSWERED, cast.at, extension="101"), by=SYSTEM, at=cast.at)

    ticket = Ticket.objects.get(calls__isnull=False)
    assert (ticket.assignee, ticket.company) == (cast.olga, made.chain)


@pytest.mark.django_db
def test_callers_who_hide_their_number_are_each_somebody_of_their_own(cast: Cast) -> None:
    channel = Channel.objects.create(
        kind="mango", brand=cast.lifts, team=cast.lift_team, name="Calls", address="calls"
    )
    tickets = []
    for call in ("8", "9", "9"):
        hidden = replace(told(Phase.ENDED, cast.at), call=call, number="")
        row = put_down(channel, hidden, by=SYSTEM, at=cast.at)
        assert row.identity is None
        assert row.ticket
        tickets.append(row.ticket)
    assert tickets[1] == tickets[2]
    assert len({ticket.requester_id for ticket in tickets}) == 2
    assert {ticket.requester.called for ticket in tickets} == {"Hidden number"}
    assert {ticket.subject for ticket in tickets} == {"Missed call from a hidden number"}
    entries = entries_by(f"{SELECT} ORDER BY sequence", [])
    follow([each for each in entries if each.kind in KINDS], at=cast.at)
    assert not Resemblance.objects.filter(one__in=[t.requester_id for t in tickets]).exists()
    # Nobody can be called back.
    assert not Reminder.objects.exists()


@pytest.mark.django_db
def test_an_erased_person_leaves_neither_number_nor_voice(cast: Cast) -> None:
    channel = exchange(cast)
    row = put_down(channel, told(Phase.ANSWERED, cast.at), by=SYSTEM, at=cast.at)
    voice = store(b"ID3 a voice", at=cast.at)
    Call.objects.filter(pk=row.pk).update(recording=voice)
    assert row.identity

    erase(row.identity.person, by=SYSTEM, at=cast.at)

    row.refresh_from_db()
    assert (row.number, row.recording) == ("", None)
    assert NUMBER not in row.ticket.subject  # type: ignore[union-attr]  # it has one
    assert Blob.objects.filter(pk=voice.pk).exists()


@pytest.mark.django_db
def test_what_comes_late_of_an_erased_person_brings_nothing_back(cast: Cast) -> None:
    channel = exchange(cast)
    row = put_down(channel, told(Phase.ANSWERED, cast.at), by=SYSTEM, at=cast.at)
    assert row.identity
    erase(row.identity.person, by=SYSTEM, at=cast.at)
    put_down(channel, told(Phase.ENDED, cast.at), by=SYSTEM, at=cast.at)
    file = FileRef(handle="r1", name="call")
    put_down(channel, told(Phase.RECORDED, cast.at, recording=file), by=SYSTEM, at=cast.at)
    row.refresh_from_db()
    assert (row.number, row.recording_handle, row.recording_due_at) == ("", "", None)


@pytest.mark.django_db
def test_a_call_of_whose_end_nobody_told_is_missed_until_somebody_does(cast: Cast) -> None:
    channel = exchange(cast)
    row = put_down(channel, told(Phase.RINGING, cast.at), by=SYSTEM, at=cast.at)
    assert end_unheard(at=cast.at + timedelta(minutes=14)) == 0
    assert end_unheard(at=cast.at + timedelta(minutes=16)) == 1
    row.refresh_from_db()
    assert row.state == CallState.MISSED
    assert row.ticket
    late = told(Phase.ENDED, cast.at + SECOND, was_answered=True)
    row = put_down(channel, late, by=SYSTEM, at=cast.at + timedelta(minutes=17))
    assert row.state == CallState.ENDED
    assert Ticket.objects.count() == 1
