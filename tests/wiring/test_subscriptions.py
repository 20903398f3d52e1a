"""Subscribers of the journal as they are wired."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import psycopg
import pytest
from django.db import connection

from ambidesk.ground.kernel import signals
from ambidesk.ground.kernel.subscribers import Subscription, drain, replay, subscriptions
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.ground.reach.describing import describe_role
from ambidesk.ground.reach.models import Role
from ambidesk.ground.search.finding import find
from ambidesk.parties.staff.forming import archive_team
from ambidesk.parties.staff.hiring import dismiss
from tests.cast import Cast, make_cast
from tests.clones import url_of
from tests.waiting import PATIENCE_SECONDS


@pytest.fixture
def live(clone: str) -> Cast:
    """The cast in a database of its own, where transactions end."""
    # Now, and not when the tests were gathered: what is a minute old is not signalled again.
    return make_cast(datetime.now(UTC))


@pytest.fixture
def listener(live: Cast, clone: str) -> Iterator["Listener"]:
    made = Listener(clone)
    yield made
    made.session.close()


class Listener:
    """Whoever began to listen after everything had been signalled once."""

    def __init__(self, database: str) -> None:
        self.database = database
        self.session = psycopg.connect(url_of(database), autocommit=True)

    def listen(self) -> None:
        assert signals.flush(seconds=PATIENCE_SECONDS)
        self.session.execute(f"LISTEN {signals.CHANNEL}")

    def heard(self) -> set[str]:
        """All topics so far."""
        assert signals.flush(seconds=PATIENCE_SECONDS)
        # What was committed before is with the session once it answered a question.
        self.session.execute("SELECT 1")
        found: set[str] = set()
        for notice in self.session.notifies(timeout=0.3):
            found |= set(json.loads(notice.payload))
        return found


def _named(name: str) -> Subscription:
    return next(each for each in subscriptions() if each.name == name)


def _take_all(name: str) -> None:
    """Have a subscriber take all that happened."""
    # Telling the screens is a transaction, too: one under way holds back what can be read.
    assert signals.flush(seconds=PATIENCE_SECONDS)
    while drain(_named(name)):
        pass


def test_signals_that_a_killed_process_lost_are_sent_by_the_journal(
    live: Cast, listener: Listener
) -> None:
    ticket = live.ticket()
    dismiss(live.ivan, by=SYSTEM, at=live.at)
    listener.listen()
    _take_all("signals")
    assert listener.heard() >= {
        f"ticket:{ticket.pk}",
        f"tickets:brand:{live.shop.pk}",
        f"revoke:user:{live.ivan.user_id}",
    }


def test_streams_are_opened_anew_when_a_team_is_archived_or_a_role_may_less(
    live: Cast, listener: Listener
) -> None:
    listener.listen()
    archive_team(live.shop_team, by=SYSTEM, at=live.at)
    assert f"revoke:user:{live.ivan.user_id}" in listener.heard()
    role = Role.objects.get(grants__user=live.lev.user)
    describe_role(role, name=role.name, rights=role.rights[1:], by=SYSTEM, at=live.at)
    assert f"revoke:user:{live.lev.user_id}" in listener.heard()


def test_what_is_old_is_not_signalled_again(live: Cast, listener: Listener) -> None:
    old = replace(live, at=live.at - timedelta(minutes=5)).ticket()
    listener.listen()
    _take_all("signals")
    assert f"ticket:{old.pk}" not in listener.heard()


def test_what_is_written_can_be_found_once_the_journal_was_read(live: Cast) -> None:
    ticket = live.ticket("Unmistakable zebra")
    olga = live.actor(live.olga)
    assert find("zebra", actor=olga, at=live.at).is_empty
    _take_all("search")
    assert [hit.whole for hit in find("zebras", actor=olga, at=live.at).groups[0].hits] == [
        ticket.pk
    ]


def test_an_index_that_was_lost_is_made_again_from_the_journal(live: Cast) -> None:
    live.ticket("Unmistakable zebra")
    _take_all("search")
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE search_entry, search_lexeme")
    replay("search")
    _take_all("search")
    assert not find("zebra", actor=live.actor(live.olga), at=live.at).is_empty
