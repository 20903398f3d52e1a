"""A shift: senders who hand in mails, and operators who take, answer and close."""

import smtplib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from multiprocessing.synchronize import Event
from random import Random
from time import sleep

from ambidesk.edge.commands.generating.words import prose
from ambidesk.edge.commands.speech import gettext as _
from ambidesk.edge.commands.trouble import Trouble
from ambidesk.ground.reach.granting import actor_of
from ambidesk.parties.staff.models import Member
from ambidesk.support.routing.taking import NothingWaits, take_next
from ambidesk.support.tickets.answering import Answer, answer
from ambidesk.support.tickets.closing import close

HOST, ADDRESS = "127.0.0.1", "help@one.example"
IDLE_SECONDS = 0.2


def hand_in(port: int, numbers: range) -> None:
    """Hand in mails of these numbers over one line; each is on disk before the next."""
    said, dice = prose("en"), Random(numbers.start)  # noqa: S311 test data, no secret
    with smtplib.SMTP(HOST, port, timeout=60) as line:
        for number in numbers:
            words = " ".join(dice.choice(said.sentences) for _each in range(5))
            mail = _mail(number, subject=dice.choice(said.subjects), words=words)
            line.sendmail(f"p{number}@example.org", [ADDRESS], mail)


def mail_id(number: int) -> str:
    """The Message-ID of a mail, without its brackets."""
    return f"peak.{number}@example.org"


def work(logins: Sequence[str], over: Event) -> None:
    """Have a crew take, answer and close until it is over."""
    with ThreadPoolExecutor(len(logins)) as pool:
        list(pool.map(lambda login: _shift(login, over), logins))


def _shift(login: str, over: Event) -> None:
    member = Member.objects.select_related("user").get(user__email=login)
    by = actor_of(member.user)
    while not over.is_set():
        try:
            ticket = take_next(member, by=by, at=datetime.now(UTC))
        except NothingWaits:
            sleep(IDLE_SECONDS)
            continue
        at, whom = datetime.now(UTC), ticket.requester_identity
        if whom is None:
            raise Trouble(_("A ticket came without anybody to answer."))
        said = Answer(text=f"Ticket {ticket.pk} is done.", to=(whom,), due_at=at)
        answer(ticket, said, by=by, at=at)
        close(ticket, by=by, at=datetime.now(UTC))


def _mail(number: int, *, subject: str, words: str) -> bytes:
    lines = (
        f"From: Person {number} <p{number}@example.org>",
        f"To: {ADDRESS}",
        f"Subject: {subject}",
        f"Message-ID: <{mail_id(number)}>",
        "Date: Mon, 2 Mar 2026 09:00:00 +0000",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        "",
        words,
        "",
    )
    return "\r\n".join(lines).encode()
