"""
Probing: a channel's access is tried for real, both ways at once, and told in words.

Words come from what went wrong, never from what answered: an address that is no mail server may be
anything within the network.
"""

from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import datetime

from ambidesk.ground.kernel.sealing import CannotUnseal
from ambidesk.ground.reach.actor import Actor
from ambidesk.support.channels.contract.failure import Failure
from ambidesk.support.channels.mail.account import BrokenAccount, account_of
from ambidesk.support.channels.mail.imap.mailbox import MailboxFailed, try_out
from ambidesk.support.channels.mail.sending.relay import relay_of
from ambidesk.support.channels.mail.sending.session import Session
from ambidesk.support.conversations.models import Channel, Trouble, Way
from ambidesk.support.conversations.reporting import Health, tell_health

STEP_SECONDS, LONGEST_SECONDS = 10.0, 25.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a try of one way came to; without a trouble it works."""

    way: Way
    trouble: Trouble | None = None


def probe(channel: Channel, *, by: Actor, at: datetime) -> tuple[Found, ...]:
    """Try the ways of a channel and tell its health; the desk's own reception needs no try."""
    # Whatever a server does, the person who asked gets an answer; neither try reads the database.
    pool = ThreadPoolExecutor(max_workers=2, thread_name_prefix="probe")
    running: dict[Way, Future[Found | None]] = {
        Way.IN: pool.submit(_receive, channel),
        Way.OUT: pool.submit(_send, channel),
    }
    wait(running.values(), timeout=LONGEST_SECONDS)
    pool.shutdown(wait=False, cancel_futures=True)
    results = [
        future.result() if future.done() else Found(way=way, trouble=Trouble.TIMED_OUT)
        for way, future in running.items()
    ]
    found = tuple(result for result in results if result is not None)
    for each in found:
        tell_health(channel, each.way, health=Health(trouble=each.trouble), by=by, at=at)
    return found


def _receive(channel: Channel) -> Found | None:
    try:
        access = account_of(channel).imap
        if access is None:
            return None
        try_out(access)
    except (BrokenAccount, CannotUnseal):
        return Found(way=Way.IN, trouble=Trouble.UNREADABLE)
    except MailboxFailed as failed:
        return Found(way=Way.IN, trouble=failed.trouble)
    return Found(way=Way.IN)


def _send(channel: Channel) -> Found | None:
    try:
        with Session(relay_of(channel), greeting=channel.domain, step=STEP_SECONDS) as session:
            session.check_sender(channel.address)
    except Failure as failure:
        return Found(way=Way.OUT, trouble=failure.trouble)
    return Found(way=Way.OUT)
