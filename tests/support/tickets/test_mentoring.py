"""A mentor hears what happens on the tickets of a newcomer, as a follower, while it lasts."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from ambidesk.ground.kernel.journal.reading import SELECT, entries_by
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.parties.staff.mentoring import end_mentoring, give_mentor
from ambidesk.support.notifications.models import Notice
from ambidesk.support.tickets.assigning import assign
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.tickets.noting import note
from ambidesk.support.tickets.telling import KINDS, tell_of
from tests.cast import Cast
from tests.edge.web.workspace.conftest import seated

pytestmark = pytest.mark.django_db


def told(at: datetime) -> list[str]:
    """Have the journal read, and say who was told."""
    Notice.objects.all().delete()
    rows = [each for each in entries_by(f"{SELECT} ORDER BY sequence", []) if each.kind in KINDS]
    tell_of(rows, at=at)
    return sorted(set(Notice.objects.values_list("user__name", flat=True)))


def olgas(cast: Cast) -> Ticket:
    """A ticket that she has, about which she writes."""
    ticket = cast.ticket()
    assign(ticket, assignee=cast.olga, team=None, by=SYSTEM, at=cast.at)
    note(ticket, text="What now?", by=cast.actor(cast.olga), at=cast.at)
    return ticket


def test_a_mentor_is_told_of_a_newcomers_tickets_until_the_day(cast: Cast) -> None:
    until = cast.at.date() + timedelta(days=7)
    give_mentor(cast.olga, cast.ivan, until=until, by=SYSTEM, at=cast.at)
    olgas(cast)
    assert told(cast.at) == ["Ivan Ilyin"]
    assert told(cast.at + timedelta(days=7)) == []
    end_mentoring(cast.olga, by=SYSTEM, at=cast.at)
    assert told(cast.at) == []


def test_a_mentor_of_another_brand_is_told_of_nothing_they_do_not_see(cast: Cast) -> None:
    until = cast.at.date() + timedelta(days=7)
    give_mentor(cast.olga, cast.lev, until=until, by=SYSTEM, at=cast.at)
    olgas(cast)
    assert told(cast.at) == []


def test_the_ticket_names_the_mentor_among_its_followers(cast: Cast) -> None:
    now = datetime.now(UTC)
    until = now.date() + timedelta(days=7)
    browser: Client = seated(cast.olga)
    ticket = olgas(cast)
    address = f"/tickets/{ticket.number}"
    assert "Ivan Ilyin</p>" not in browser.get(address).content.decode()
    give_mentor(cast.olga, cast.ivan, until=until, by=SYSTEM, at=now)
    assert '<p class="followers">Ivan Ilyin</p>' in browser.get(address).content.decode()
