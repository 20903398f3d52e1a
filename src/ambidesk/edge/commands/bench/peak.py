"""
The peak: mails and chats queue up at once, and a crew takes, answers and closes every one.

At the end the ledgers of senders, desk and receivers are held against each other.
"""

import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from time import monotonic, sleep

import psycopg

from ambidesk.edge.commands.bench._chats import Chat, answers_of, begin_chats
from ambidesk.edge.commands.bench._shift import mail_id
from ambidesk.edge.commands.gauging.asking import browser_of
from ambidesk.edge.commands.gauging.crews import CONTEXT, check, crew
from ambidesk.edge.commands.gauging.figures import Figure, percentile, say
from ambidesk.edge.commands.gauging.listeners import browsers
from ambidesk.edge.commands.gauging.order import Order
from ambidesk.edge.commands.gauging.parts import running
from ambidesk.edge.commands.gauging.receivers import Receivers, receiving
from ambidesk.edge.commands.gauging.watching import Watch, quarter
from ambidesk.edge.commands.generating.staff import Room, crowd, move_in
from ambidesk.edge.commands.speech import gettext as _
from ambidesk.edge.commands.starting.ports import free_port
from ambidesk.edge.commands.supervising.probes import smtp_answers, web_answers
from ambidesk.edge.commands.trouble import Trouble
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.support.routing.arranging import Arrangement, arrange_queue
from ambidesk.support.routing.attending import set_capacity, set_status
from ambidesk.support.routing.models import Mode, Status

HOST = "127.0.0.1"
USUAL, FULL = 3_000, 100_000
CHATS_IN = 5  # one in so many is a chat
OPERATORS, PROCESSES, SENDERS, WORKERS = 20, 2, 2, 2
GOAL_MS, GOAL_GROWTH = 1_000.0, 5.0
TELL_SECONDS, STUCK_SECONDS = 10.0, 300.0
HANDING_IN = "ambidesk.edge.commands.bench._shift:hand_in"
WORKING = "ambidesk.edge.commands.bench._shift:work"
LEFT = """
    SELECT (SELECT count(*) FROM tickets_ticket WHERE state = 'closed'),
           (SELECT count(*) FROM conversations_delivery WHERE state = 'sent')
"""
TAKEN_IN = """
    SELECT message.external_id, count(filing.id)
      FROM conversations_message message
      LEFT JOIN tickets_filing filing
             ON filing.message_id = message.id AND filing.withdrawn_at IS NULL
     WHERE message.direction = 'in'
     GROUP BY message.id
"""
TICKETS = "SELECT count(*) FROM tickets_ticket"


@dataclass(frozen=True, slots=True, kw_only=True)
class Peak:
    """What queues up, and where."""

    room: Room
    mails: int
    chats: Sequence[Chat]
    url: str

    @property
    def number(self) -> int:
        """How many tickets it will be."""
        return self.mails + len(self.chats)


def run(order: Order, *, url: str) -> Sequence[Figure]:
    """Queue everything up, work through it while somebody reads lists and tickets, compare."""
    number = order.messages or (FULL if order.full else USUAL)
    at = datetime.now(UTC)
    room = move_in(at)[0]
    logins = _crew(room, order.clients or OPERATORS, at=at)
    smtp, web = free_port(HOST, 22525), free_port(HOST, 28100)
    with receiving() as receivers:
        os.environ["AMBIDESK_SMTP_RELAY"] = receivers.url
        with running(
            ("smtp", ["smtp", "--smtp-port", str(smtp)], lambda: smtp_answers(HOST, smtp)),
            ("web", ["web", "--port", str(web)], lambda: web_answers(HOST, web)),
        ):
            peak, handed_in = _queue_up(room, number, port=smtp, url=url)
            cookies = [_cookie(login) for login in logins]
            watch = _watch(web, cookies[0], of=peak.chats[0])
            with browsers(HOST, web, cookies=cookies, topic="inbox"):
                seconds = _work_through(peak, logins, watch)
            return (
                Figure(name="mails handed in", value=handed_in, unit="mails/s"),
                Figure(
                    name=f"taken, answered, closed and delivered by {len(logins)} operators",
                    value=peak.number / seconds,
                    unit="tickets/s",
                ),
                *_workspace(watch),
                *_ledgers(peak, receivers, port=web),
            )


def _crew(room: Room, number: int, *, at: datetime) -> Sequence[str]:
    arrange_queue(room.team, Arrangement(mode=Mode.PULL), by=SYSTEM, at=at)
    operators = crowd(room, number, at=at)
    for member in operators:
        set_capacity(member, 100, by=SYSTEM, at=at)
        set_status(member, Status.ONLINE, by=SYSTEM, at=at)
    return [member.user.email for member in operators]


def _queue_up(room: Room, number: int, *, port: int, url: str) -> tuple[Peak, float]:
    mails = number - number // CHATS_IN
    say(
        _("%(mails)d mails and %(chats)d chats queue up.")
        % {"mails": mails, "chats": number - mails}
    )
    began, each = monotonic(), -(-mails // SENDERS)
    shares = [(port, range(first, min(first + each, mails))) for first in range(0, mails, each)]
    with crew(HANDING_IN, *shares) as senders:
        chats = begin_chats(room, number - mails)
        for sender in senders:
            sender.join()
        seconds = monotonic() - began
    return Peak(room=room, mails=mails, chats=chats, url=url), mails / seconds


def _cookie(login: str) -> str:
    jar = browser_of(login).cookies
    return "; ".join(f"{name}={morsel.value}" for name, morsel in jar.items())


def _watch(port: int, cookie: str, *, of: Chat) -> Watch:
    lists = ("unassigned", "mine", "team", "all")
    paths = (*(f"/inbox/{each}/" for each in lists), f"/tickets/{of.number}")
    return Watch(port=port, cookie=cookie, paths=paths)


def _work_through(peak: Peak, logins: Sequence[str], watch: Watch) -> float:
    """Give the seconds until everything is closed and every answer has left."""
    over = CONTEXT.Event()
    workers = [(f"worker-{number}", ["worker"], lambda: True) for number in range(WORKERS)]
    crews = [(list(logins[number::PROCESSES]), over) for number in range(PROCESSES)]
    began = monotonic()
    watch.begin()
    try:
        with running(*workers), crew(WORKING, *crews) as operators:
            _until_done(peak, lambda: check(operators))
            over.set()
    finally:
        watch.end()
    return monotonic() - began


def _until_done(peak: Peak, well: Callable[[], None]) -> None:
    """
    Wait until every ticket is closed and every answer has left; tell how far it is.

    Raises:
        Trouble: nothing happened for STUCK_SECONDS.
    """
    before, moved, told = (0, 0), monotonic(), monotonic()
    with psycopg.connect(peak.url, autocommit=True) as session:
        while min(before) < peak.number:
            sleep(1)
            well()
            closed, sent = session.execute(LEFT).fetchone() or (0, 0)
            if (closed, sent) != before:
                moved = monotonic()
            before = (closed, sent)
            if monotonic() - moved > STUCK_SECONDS:
                raise Trouble(_("Nothing is closed or sent any more."))
            if monotonic() - told >= TELL_SECONDS:
                told = monotonic()
                said = _("%(closed)d of %(number)d closed, %(sent)d answers have left.")
                say(said % {"closed": closed, "number": peak.number, "sent": sent})


def _workspace(watch: Watch) -> Iterator[Figure]:
    yield Figure(name="pages meanwhile, p50", value=percentile(watch.times, 0.5), unit="ms")
    value = percentile(watch.times, 0.95)
    yield Figure(name="pages meanwhile, p95", value=value, unit="ms", goal=GOAL_MS)
    yield Figure(name="pages that did not come", value=watch.failed, unit="pages", goal=0)
    second, last = quarter(watch.held, 2), quarter(watch.held, 4)
    yield Figure(name="memory of web, workers and reception", value=last, unit="MiB PSS")
    value = 100 * (last / second - 1) if second else 0.0
    yield Figure(name="its growth, last quarter on second", value=value, unit="%", goal=GOAL_GROWTH)


def _ledgers(peak: Peak, receivers: Receivers, *, port: int) -> Iterator[Figure]:
    """Hold what senders, desk and receivers remember against each other; 0 where they agree."""
    say(_("The ledgers are compared."))
    with psycopg.connect(peak.url, autocommit=True) as session:
        filed: dict[str, int] = dict(session.execute(TAKEN_IN).fetchall())
        tickets = (session.execute(TICKETS).fetchone() or (0,))[0]
    mails = [mail_id(number) for number in range(peak.mails)]
    wrong = sum(filed.get(each) != 1 for each in mails)
    yield Figure(name="mails not on one ticket", value=wrong, unit="mails", goal=0)
    wrong = abs(tickets - peak.number)
    yield Figure(name="tickets too many or too few", value=wrong, unit="tickets", goal=0)
    got = Counter(receivers.answers[each] for each in mails)
    yield Figure(name="mails never answered", value=got[0], unit="mails", goal=0)
    wrong = peak.mails - got[0] - got[1]
    yield Figure(name="mails answered twice", value=wrong, unit="mails", goal=0)
    wrong = sum(answers_of(chat, port=port) != 1 for chat in peak.chats)
    yield Figure(name="visitors who do not read one answer", value=wrong, unit="chats", goal=0)
