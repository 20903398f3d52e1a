"""A part of a ticket is due before what the whole promises, and warns; the whole's clock goes on."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.journal import entries_of
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.service.sla.events import PromiseWarned
from ambidesk.service.sla.models import Clock
from ambidesk.support.handovers import parting, warning
from ambidesk.support.handovers.models import Part
from ambidesk.support.handovers.rules.part import part_due
from ambidesk.support.notifications.models import Notice, NoticeKind
from ambidesk.support.tickets.assigning import assign
from ambidesk.support.tickets.closing import reopen, solve
from ambidesk.support.tickets.linking import link, unlink
from ambidesk.support.tickets.models import Link, LinkKind, Ticket
from tests.cast import Cast

HOUR = timedelta(hours=1)
START = datetime(2026, 3, 2, 9, tzinfo=UTC)


@given(left=st.integers(-10_000, 10_000_000))
def test_a_part_is_due_after_it_began_and_before_its_whole(left: int) -> None:
    whole = START + timedelta(seconds=left)
    due = part_due(START, whole_due=whole)
    assert (due is None) is (left < 2)
    assert due is None or START < due < whole


def parted(cast: Cast, *, hours: int = 10) -> Link:
    """A ticket of Ivan's that is part of one of Olga's, which is due in so many hours."""
    part, whole = cast.ticket(), cast.ticket()
    assign(part, assignee=cast.ivan, team=cast.shop_team, by=SYSTEM, at=cast.at)
    assign(whole, assignee=cast.olga, team=cast.shop_team, by=SYSTEM, at=cast.at)
    Ticket.objects.filter(pk=whole.pk).update(due_at=cast.at + hours * HOUR)
    made = link(part, whole, kind=LinkKind.PARENT, by=cast.actor(cast.olga), at=cast.at)
    follow(made, at=cast.at)
    return made


def follow(made: Link, *, at: datetime) -> None:
    """Have the journal of both read, twice."""
    for _twice in range(2):
        for ticket in (made.source_id, made.target_id):
            said = [e for e in entries_of("ticket", ticket) if e.kind in parting.KINDS]
            parting.follow(said, at=at)


@pytest.mark.django_db
def test_a_part_gets_a_clock_of_its_own_that_ends_before_the_whole_is_due(cast: Cast) -> None:
    made = parted(cast)
    row = Part.objects.get(link=made)
    clock = Clock.objects.get(promise=row.promise)
    assert row.due_at == clock.due_at == cast.at + 9 * HOUR
    assert clock.next_at is not None
    assert Ticket.objects.get(pk=made.target_id).due_at == cast.at + 10 * HOUR


@pytest.mark.django_db
def test_it_is_due_sooner_when_the_whole_is_and_over_when_the_part_is_solved(cast: Cast) -> None:
    made, olga = parted(cast), cast.actor(cast.olga)
    Ticket.objects.filter(pk=made.target_id).update(due_at=cast.at + 5 * HOUR)
    follow(made, at=cast.at + HOUR)
    assert Part.objects.get().due_at == cast.at + 4.5 * HOUR
    solve(made.source, by=olga, at=cast.at + 2 * HOUR)
    follow(made, at=cast.at + 2 * HOUR)
    clock = Clock.objects.get(promise__part__link=made)
    assert (clock.met_at, clock.next_at) == (cast.at + 2 * HOUR, None)
    reopen(made.source, by=olga, at=cast.at + 3 * HOUR)
    follow(made, at=cast.at + 3 * HOUR)
    assert Clock.objects.get(promise__part__link=made).next_at is not None
    unlink(made, by=olga, at=cast.at + 3 * HOUR)
    follow(made, at=cast.at + 3 * HOUR)
    assert Part.objects.get().ended_at == cast.at + 3 * HOUR


@pytest.mark.django_db
@pytest.mark.parametrize("level", [1, 2])
def test_who_has_the_part_is_warned_and_of_a_breach_who_has_the_whole(
    cast: Cast, level: int
) -> None:
    made = parted(cast)
    clock = Clock.objects.get(promise__part__link=made)
    warned = PromiseWarned(
        promise_id=clock.promise_id, clock_id=clock.pk, level=level, breached=level == 2
    )
    journal.record(warned, by=SYSTEM, at=cast.at + 9 * HOUR)
    said = entries_of("promise", clock.promise_id)
    for _twice in range(2):
        warning.tell_of(said, at=cast.at + 9 * HOUR)
    told = Notice.objects.filter(kind=NoticeKind.DUE, subject_id=made.source_id)
    heard = {each.user_id for each in told}
    assert cast.ivan.user_id in heard
    assert (cast.olga.user_id in heard) is (level == 2)
