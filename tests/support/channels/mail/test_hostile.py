"""Mail that breaks things: it ends in quarantine or among the suspended, and stops nothing else."""

import time

import pytest
from django.db import connection

from ambidesk.ground.kernel.models import Problem
from ambidesk.support.channels.mail.intake import lane
from ambidesk.support.channels.mail.intake.caring import LATE, care
from ambidesk.support.channels.mail.intake.lane import Intake
from ambidesk.support.channels.mail.parser_process import ParserProcess
from ambidesk.support.channels.mail.parsing.parsed import ParsedMail
from ambidesk.support.conversations.models import IntakeItem, IntakeState, Message
from ambidesk.support.conversations.quarantine import discard, replay
from ambidesk.support.conversations.raw import raw_of
from ambidesk.support.tickets.models import Ticket
from tests.support.channels.mail.post import PostOffice, last_item, letter
from tests.waiting import PATIENCE_SECONDS

POISON = b"X-Poison: yes\r\n"


class PoisonedParser(ParserProcess):
    """A parser that gets no time at all for some mails, as if they took for ever."""

    def __init__(self) -> None:
        super().__init__()
        self._hasty = ParserProcess(deadline=0.0)

    def parse(self, raw: bytes) -> ParsedMail:
        if raw.startswith(POISON):
            return self._hasty.parse(raw)
        return super().parse(raw)


def states() -> dict[str, int]:
    rows = list(IntakeItem.objects.values_list("state", flat=True))
    return {state: rows.count(state) for state in set(rows)}


HOSTILE = {
    "parameters": b"Content-Type: text/plain" + b"".join(b'; a%d="b"' % n for n in range(16_000)),
    "nested": b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n)
        for n in range(3_000)
    ),
    "headers": b"\r\n".join(b"X-H%d: y" % n for n in range(20_000)),
    "long header": b"Subject: " + b"a" * 5_000_000,
    "smuggled line": b"Subject: =?utf-8?q?a=0D=0ABcc:_x@y.z?=\r\nFrom: =?utf-8?q?a=0D=0Ab?= <a@b.example>",
    "bomb": b"Content-Type: text/html\r\n\r\n" + b"<div>" * 200_000,
    "charset": b"Content-Type: text/plain; charset=../../etc/passwd\r\n\r\nhello",
    "path": b'Content-Type: application/x; name="../../../../etc/passwd"\r\n\r\nx',
    "addresses": b"To: " + b", ".join(b"a%d@example.org" % n for n in range(50_000)),
    "references": b"References: " + b" ".join(b"<%d@x>" % n for n in range(50_000)),
    "surrogates": "Subject: \udcff\udcfe".encode("utf-8", "surrogatepass"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_mail_is_taken_in_or_set_aside_and_stops_nothing(
    post: PostOffice, name: str
) -> None:
    raw = b"From: anna@example.org\r\nTo: help@polka.example\r\n" + HOSTILE[name] + b"\r\n\r\nx\r\n"
    begun = time.monotonic()
    post.deliver(raw, letter("Harmless"))
    assert time.monotonic() - begun < PATIENCE_SECONDS
    assert Ticket.objects.filter(preview="Harmless").count() == 1
    assert IntakeItem.objects.filter(state=IntakeState.WAITING).count() == 0
    for message in Message.objects.all():
        assert message.sender
        assert "\r" not in message.subject + message.sender.value
        assert len(message.references) <= 50


def test_twenty_poisons_among_two_hundred_stop_nothing_and_can_be_replayed(
    post: PostOffice,
) -> None:
    poisons = [POISON + letter(f"Poison {n}") for n in range(20)]
    mails = [letter(f"Mail {n}") for n in range(200)]
    for n, poison in enumerate(poisons):
        mails.insert(n * 11, poison)
    post.hand_in(*mails)
    begun = time.monotonic()
    with PoisonedParser() as parser:
        intake = Intake(parser)
        while intake.run_once():
            pass
    assert time.monotonic() - begun < 3 * PATIENCE_SECONDS
    assert Ticket.objects.count() == 200
    assert states() == {"done": 200, "quarantined": 20}
    assert Problem.objects.filter(kind="intake-quarantined", solved_at=None).count() == 20

    for item in IntakeItem.objects.filter(state=IntakeState.QUARANTINED):
        assert item.reason == "deadline"
        replay(item, by=post.cast.actor(post.cast.admin), at=post.cast.at)
    post.take_in()
    assert Ticket.objects.count() == 220
    assert Problem.objects.filter(solved_at=None).count() == 0


def test_a_mail_that_misses_its_deadline_is_set_aside_and_the_next_is_read(
    post: PostOffice,
) -> None:
    post.hand_in(letter("Slow"), letter("Quick"))
    with ParserProcess(deadline=0.0) as slow:
        intake = Intake(slow)
        while intake.run_once():
            pass
    assert states() == {"quarantined": 2}
    assert {item.reason for item in IntakeItem.objects.all()} == {"deadline"}


def test_a_mail_that_the_database_refuses_is_set_aside_alone(post: PostOffice) -> None:
    # A trigger stands for what the database may refuse one day and nobody thought of.
    with connection.cursor() as cursor:
        cursor.execute(
            """
            CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE EXCEPTION 'not this one' USING ERRCODE = 'data_exception'; END $$;
            CREATE TRIGGER refuse BEFORE INSERT ON conversations_message
            FOR EACH ROW WHEN (NEW.subject = 'bad') EXECUTE FUNCTION refuse();
            """
        )
    post.deliver(letter("One"), letter("Two", subject="bad"), letter("Three"))
    assert Ticket.objects.count() == 2
    assert states() == {"done": 2, "quarantined": 1}
    assert IntakeItem.objects.get(state=IntakeState.QUARANTINED).reason == "fault"


def test_what_brought_down_its_workers_is_given_up_and_its_neighbours_are_not(
    post: PostOffice,
) -> None:
    post.hand_in(letter("Killer"), letter("Neighbour"))
    first = next(each for each in IntakeItem.objects.all() if b"Killer" in raw_of(each))
    IntakeItem.objects.filter(pk=first.pk).update(attempts=lane.LIVES)
    post.take_in()
    first.refresh_from_db()
    assert (first.state, first.reason) == (IntakeState.QUARANTINED, "gave-up")
    assert Ticket.objects.get().preview == "Neighbour"


def test_content_that_got_lost_is_told_and_stops_nothing(post: PostOffice) -> None:
    post.hand_in(letter("x" * 100_000))
    for path in post.files.rglob("*.zst"):
        path.unlink()
    post.deliver(letter("Harmless"))
    assert Ticket.objects.get().preview == "Harmless"
    assert IntakeItem.objects.get(state=IntakeState.QUARANTINED).reason == "content-lost"


def test_a_full_disk_leaves_everything_waiting(post: PostOffice) -> None:
    post.hand_in(letter("Hello"))
    post.hand_in(
        b"From: a@b.example\r\nContent-Type: application/pdf\r\n"
        b"Content-Disposition: attachment; filename=a.pdf\r\n\r\n%PDF-1.4"
    )
    post.files.mkdir(parents=True, exist_ok=True)
    blocked = post.files / "blocked"
    blocked.write_text("a file where a folder should be")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.conf.settings.FILES_ROOT", blocked)
        with pytest.raises(NotADirectoryError):
            Intake(post.parser).run_once()
    assert {item.attempts for item in IntakeItem.objects.all()} == {0}
    post.take_in()
    assert states() == {"done": 2}


def test_what_waits_too_long_is_reported_until_it_is_taken_in(post: PostOffice) -> None:
    post.hand_in(letter("Hello"))
    IntakeItem.objects.update(received_at=post.cast.at)
    care(at=post.cast.at + LATE / 2)
    assert Problem.objects.count() == 0
    care(at=post.cast.at + 2 * LATE)
    assert Problem.objects.get().kind == "intake-late"
    post.take_in()
    care(at=post.cast.at + 3 * LATE)
    assert Problem.objects.filter(solved_at=None).count() == 0


def test_a_discarded_mail_is_not_taken_in_later(post: PostOffice) -> None:
    post.hand_in(POISON + letter("Poison"))
    with ParserProcess(deadline=0.0) as slow:
        Intake(slow).run_once()
    discard(last_item(), by=post.cast.actor(post.cast.admin), at=post.cast.at)
    post.take_in()
    assert Ticket.objects.count() == 0
    assert states() == {"discarded": 1}
