"""Mailboxes of a real Dovecot: each mail once, whatever happens to numbers and connections."""

import socket
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import pytest
from django.db import connection

from ambidesk.ground.kernel.models import Problem
from ambidesk.support.channels.committing import Committer
from ambidesk.support.channels.mail.account import (
    ImapAccess,
    MailAccount,
    Security,
    secret_of,
    settings_of,
)
from ambidesk.support.channels.mail.imap import attending, looking
from ambidesk.support.channels.mail.imap.lane import Mailboxes
from ambidesk.support.channels.mail.imap.looking import Look
from ambidesk.support.channels.mail.imap.mailbox import Mailbox, MailboxFailed, try_out
from ambidesk.support.channels.mail.imap.positions import LASTING, attend, leave, place_of
from ambidesk.support.channels.models import MailboxPosition
from ambidesk.support.conversations.models import (
    Channel,
    ChannelHealth,
    ChannelReport,
    IntakeItem,
    Trouble,
)
from ambidesk.support.conversations.raw import raw_of
from tests.cast import Cast
from tests.support.channels.mail.dovecot import Dovecot, serving
from tests.support.channels.mail.post import letter
from tests.waiting import PATIENCE_SECONDS, wait_for


@pytest.fixture(scope="module")
def dovecot() -> Iterator[Dovecot]:
    with serving() as running:
        yield running


@pytest.fixture
def user(dovecot: Dovecot, request: pytest.FixtureRequest) -> str:
    """A user with an empty mailbox of the test's own."""
    return f"u{abs(hash(request.node.name))}"


def set_up(channel: Channel, access: ImapAccess | None) -> None:
    account = MailAccount(imap=access)
    Channel.objects.filter(pk=channel.pk).update(
        settings=settings_of(account), secret=secret_of(account)
    )
    channel.refresh_from_db()


@contextmanager
def running(lane: Mailboxes | None = None) -> Iterator[Mailboxes]:
    """Run a lane of mailboxes, as a worker does."""
    lane, stop = lane or Mailboxes(), threading.Event()
    thread = threading.Thread(target=lane.run, args=(stop,))
    thread.start()
    try:
        yield lane
    finally:
        stop.set()
        thread.join(PATIENCE_SECONDS)
        assert not thread.is_alive()


@dataclass(frozen=True)
class Desk:
    """Looks into a mailbox when told to, without a thread."""

    channel: Channel
    access: ImapAccess

    def look(self) -> int:
        committer = Committer()
        position = attend(self.channel, place_of(self.access), attendant="me", at=datetime.now(UTC))
        assert position
        try:
            with Mailbox(self.access) as mailbox:
                return Look(
                    channel=self.channel, mailbox=mailbox, position=position, committer=committer
                ).take()
        finally:
            committer.close()


@pytest.fixture
def desk(house: Cast, dovecot: Dovecot, user: str) -> Desk:
    return Desk(house.shop_mail, dovecot.access(user))


def raws() -> list[bytes]:
    return [raw_of(item) for item in IntakeItem.objects.order_by("pk")]


# --- what is taken ------------------------------------------------------------------------------


def test_new_mail_is_taken_as_it_lies_there_and_marked_as_seen(
    desk: Desk, dovecot: Dovecot, user: str
) -> None:
    mails = [letter(f"Mail {n}") for n in range(5)]
    dovecot.put(user, *mails)
    assert desk.look() == 5
    assert raws() == mails
    assert (dovecot.seen(user), dovecot.count(user)) == (5, 5)


def test_what_was_taken_is_not_taken_again(desk: Desk, dovecot: Dovecot, user: str) -> None:
    dovecot.put(user, letter("One"))
    assert [desk.look(), desk.look()] == [1, 0]
    with dovecot.session(user) as person:
        person.remove_flags(person.search(["ALL"]), [b"\\Seen"])
    assert desk.look() == 0
    dovecot.put(user, letter("Two"))
    assert desk.look() == 1


def test_a_mail_that_somebody_read_first_is_taken_all_the_same(
    desk: Desk, dovecot: Dovecot, user: str
) -> None:
    desk.look()
    dovecot.put(user, letter("Read by a person"), seen=True)
    assert desk.look() == 1


def test_what_people_read_before_the_desk_came_stays_theirs(
    desk: Desk, dovecot: Dovecot, user: str
) -> None:
    dovecot.put(user, letter("History"), seen=True)
    dovecot.put(user, letter("Unread"))
    assert desk.look() == 1


def test_twins_in_a_mailbox_are_two_mails(desk: Desk, dovecot: Dovecot, user: str) -> None:
    raw = letter("Alarm", message_id="same@example.org")
    dovecot.put(user, raw, raw)
    assert desk.look() == 2


def test_large_mails_come_through_whole(desk: Desk, dovecot: Dovecot, user: str) -> None:
    raw = letter("x" * 70 + "\n" + "word " * 800_000)
    dovecot.put(user, raw)
    desk.look()
    assert raws() == [raw]


def test_a_mail_that_is_far_too_large_is_reported_and_holds_up_nothing(
    desk: Desk, dovecot: Dovecot, user: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looking, "MOST_BYTES", 1_000)
    dovecot.put(user, letter("x" * 60 + "\n" + "large " * 500), letter("Small"))
    assert desk.look() == 1
    assert Problem.objects.get().kind == "mailbox-mail-too-large"


# --- numbers that change ------------------------------------------------------------------------


def test_a_mailbox_numbered_anew_brings_no_doubles(desk: Desk, dovecot: Dovecot, user: str) -> None:
    twin = letter("Alarm", message_id="same@example.org")
    dovecot.put(user, letter("One"), twin, twin)
    assert desk.look() == 3
    dovecot.renumber(user)
    with dovecot.session(user) as person:
        person.remove_flags(person.search(["ALL"]), [b"\\Seen"])
    dovecot.put(user, letter("New"), twin)
    assert desk.look() == 2
    assert desk.look() == 0
    assert len(raws()) == 5


def test_a_look_that_broke_off_after_the_numbers_changed_begins_anew_without_loss(
    desk: Desk, dovecot: Dovecot, user: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    twin = letter("Alarm", message_id="same@example.org")
    dovecot.put(user, twin)
    desk.look()
    dovecot.renumber(user)
    dovecot.put(user, twin, letter("New"))
    monkeypatch.setattr(looking, "AT_ONCE", 1)
    monkeypatch.setattr(Look, "_take", _breaking(Look._take, after=1))
    with pytest.raises(MailboxFailed):
        desk.look()
    monkeypatch.undo()
    assert desk.look() == 2
    assert len(raws()) == 3


def _breaking(take, *, after: int):  # type: ignore[no-untyped-def]
    calls = iter(range(after))

    def broken(*args, **kwargs):  # type: ignore[no-untyped-def]
        if next(calls, None) is None:
            raise MailboxFailed(Trouble.DROPPED)
        return take(*args, **kwargs)

    return broken


def test_another_mailbox_of_the_same_channel_is_begun_afresh(
    desk: Desk, dovecot: Dovecot, user: str
) -> None:
    dovecot.put(user, letter("One"))
    desk.look()
    other = Desk(desk.channel, replace(desk.access, user=f"{user}b"))
    dovecot.put(f"{user}b", letter("History"), seen=True)
    dovecot.put(f"{user}b", letter("Two"))
    assert other.look() == 1


# --- what does not work -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "fields, trouble",
    [
        ({"password": "wrong"}, Trouble.WRONG_PASSWORD),
        ({"password": "неверно"}, Trouble.WRONG_PASSWORD),
        ({"folder": "Nowhere"}, Trouble.NO_FOLDER),
        ({"port": 1}, Trouble.NOBODY_LISTENS),
        ({"host": "nowhere.invalid"}, Trouble.NAME_NOT_FOUND),
        ({"security": Security.STARTTLS}, Trouble.NO_ENCRYPTION),
        ({"security": Security.TLS}, Trouble.TLS_FAILED),
    ],
)
def test_a_test_of_a_mailbox_tells_the_truth(
    dovecot: Dovecot, user: str, fields: dict[str, object], trouble: Trouble
) -> None:
    dovecot.put(user, letter("One"))
    assert try_out(dovecot.access(user)) == 1
    with pytest.raises(MailboxFailed) as failed:
        try_out(dovecot.access(user, **fields))
    assert failed.value.trouble == trouble


def test_something_that_is_no_mail_server_is_told(dovecot: Dovecot) -> None:
    with pytest.raises(MailboxFailed) as failed:
        try_out(dovecot.access("x", port=dovecot.lmtp_port))
    assert failed.value.trouble == Trouble.OTHER_PROTOCOL


def test_a_mailbox_is_attended_by_one_worker_until_it_leaves_or_falls_silent(
    house: Cast, dovecot: Dovecot
) -> None:
    channel, at = house.shop_mail, datetime.now(UTC)
    assert attend(channel, "p", attendant="one", at=at)
    assert attend(channel, "p", attendant="two", at=at) is None
    assert attend(channel, "p", attendant="two", at=at + 2 * LASTING) is not None
    assert attend(channel, "p", attendant="one", at=at + 2 * LASTING) is None
    leave(channel, attendant="two")
    assert attend(channel, "p", attendant="one", at=at + 2 * LASTING)


# --- the lane -----------------------------------------------------------------------------------


def test_new_mail_comes_within_a_moment_by_idle(house: Cast, dovecot: Dovecot, user: str) -> None:
    set_up(house.shop_mail, dovecot.access(user))
    with running():
        wait_for(lambda: _health(house.shop_mail) == ChannelHealth.WORKING)
        for number in range(1, 4):
            dovecot.put(user, letter(f"Mail {number}"))
            wait_for(lambda number=number: len(raws()) == number)


def test_channels_come_and_go_without_a_restart(house: Cast, dovecot: Dovecot, user: str) -> None:
    with running():
        set_up(house.shop_mail, dovecot.access(user))
        dovecot.put(user, letter("One"))
        wait_for(lambda: len(raws()) == 1)

        Channel.objects.filter(pk=house.shop_mail.pk).update(enabled=False)
        wait_for(lambda: not MailboxPosition.objects.get().attendant)
        dovecot.put(user, letter("Two"))

        Channel.objects.filter(pk=house.shop_mail.pk).update(enabled=True)
        wait_for(lambda: len(raws()) == 2)


def test_a_dead_mailbox_does_not_hold_up_a_living_one(
    house: Cast, dovecot: Dovecot, user: str
) -> None:
    with closing(socket.socket()) as silent:
        # It takes connections and never says a word.
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        set_up(house.shop_mail, dovecot.access(user, port=silent.getsockname()[1]))
        set_up(house.lift_mail, dovecot.access(user))
        with running():
            dovecot.put(user, letter("Living"))
            wait_for(lambda: len(raws()) == 1)


def test_a_mailbox_with_a_wrong_password_is_told_and_heals_when_it_is_mended(
    house: Cast, dovecot: Dovecot, user: str
) -> None:
    set_up(house.shop_mail, dovecot.access(user, password="wrong"))
    with running():
        wait_for(lambda: _health(house.shop_mail) == ChannelHealth.FAILING)
        report = ChannelReport.objects.get()
        assert report.trouble == Trouble.WRONG_PASSWORD
        assert "Authentication failed" in report.detail
        assert Problem.objects.get(solved_at=None).kind == "channel-receiving"

        set_up(house.shop_mail, dovecot.access(user))
        wait_for(lambda: _health(house.shop_mail) == ChannelHealth.WORKING)
        assert not Problem.objects.filter(solved_at=None).exists()


def test_a_server_that_restarts_is_read_again_and_nothing_is_said_about_it(
    house: Cast, user: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attending, "FIRST_PAUSE", 0.2)
    with serving() as server:
        set_up(house.shop_mail, server.access(user))
        with running():
            server.put(user, letter("One"))
            wait_for(lambda: len(raws()) == 1)
            server.stop()
            server.start()
            server.put(user, letter("Two"))
            wait_for(lambda: len(raws()) == 2)
    assert _health(house.shop_mail) == ChannelHealth.WORKING


def test_a_lost_database_costs_no_mail(house: Cast, dovecot: Dovecot, user: str) -> None:
    set_up(house.shop_mail, dovecot.access(user))
    with running():
        wait_for(lambda: _health(house.shop_mail) == ChannelHealth.WORKING)
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        dovecot.put(user, letter("One"))
        wait_for(lambda: len(raws()) == 1)


def _health(channel: Channel) -> str:
    return Channel.objects.get(pk=channel.pk).health
