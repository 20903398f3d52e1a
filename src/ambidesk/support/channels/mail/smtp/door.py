"""
The door: what is answered to each step of a guest.

250 is said to a mail once it is committed, never before; what hinders us now is a 4xx, so that the
sender keeps the mail and comes again.
"""

import asyncio
import errno
import logging
import time
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import Final, Protocol

from aiosmtpd.smtp import SMTP, Envelope, Session
from psycopg.errors import DiskFull, OutOfMemory, TooManyConnections

from ambidesk.ground.kernel.texts import storable
from ambidesk.support.channels.committing import Committer
from ambidesk.support.channels.mail.addressing import Addressed
from ambidesk.support.channels.mail.arriving import handed_in
from ambidesk.support.channels.mail.smtp.framing import EndWatch, hops
from ambidesk.support.channels.mail.smtp.guests import Guests, Limits
from ambidesk.support.channels.mail.smtp.recipients import CannotTell, Recipients
from ambidesk.support.conversations.models import Channel
from ambidesk.support.conversations.taking import Arrival

log = logging.getLogger(__name__)
TAKEN: Final = "250 2.0.0 Taken"
OK: Final = "250 2.1.0 Ok"
UNKNOWN: Final = "550 5.1.1 No such address here"
NOT_NOW: Final = "451 4.3.0 Cannot tell now, try again later"
FULL: Final = "452 4.3.1 Cannot store mail now, try again later"
TOO_MANY_RECIPIENTS: Final = "452 4.5.3 Too many recipients"
TOO_MANY_MAILS: Final = "451 4.7.1 Too many mails from you, try again later"
TOO_MANY_FAULTS: Final = "421 4.7.0 Too many errors, goodbye"
BARE_LINES: Final = "554 5.6.0 Lines must end with CRLF"
CLOSING: Final = "421 4.3.2 The desk is going down, try again later"
LOOP: Final = "554 5.4.6 Routing loop: too many hops"
_FULL_ERRORS: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class Watched(Protocol):
    """A connection that knows whether somebody hid the end of a mail in it."""

    ends: EndWatch
    transport: asyncio.BaseTransport | None


class Door:
    """The hooks that the protocol calls, shared by all connections of one server."""

    def __init__(
        self, *, committer: Committer, recipients: Recipients, guests: Guests, limits: Limits
    ) -> None:
        self._committer = committer
        self._recipients = recipients
        self._guests = guests
        self._limits = limits
        self._at_work = 0
        self._idle = asyncio.Event()
        self._idle.set()
        self.is_closing = False
        self.connections: set[asyncio.BaseTransport] = set()

    async def close(self, *, seconds: float) -> None:
        """Take nothing new, and wait until what was handed in is answered."""
        self.is_closing = True
        # A sender that hears nothing comes again.
        with suppress(TimeoutError):
            await asyncio.wait_for(self._idle.wait(), seconds)
        for connection in list(self.connections):
            connection.close()

    async def handle_EHLO(  # noqa: N802 as the protocol calls it
        self,
        _server: SMTP,
        session: Session,
        _envelope: Envelope,
        hostname: str,
        answers: list[str],
    ) -> list[str]:
        """
        Say what we can do, in one piece; commands may come together, for each is read in its turn.

        Source: RFC 2920.
        """
        session.host_name = hostname
        return ["\r\n".join([*answers[:-1], "250-PIPELINING", answers[-1]])]

    async def handle_MAIL(  # noqa: N802 as the protocol calls it
        self,
        _server: SMTP,
        session: Session,
        envelope: Envelope,
        address: str,
        options: list[str],
    ) -> str:
        """Let a sender name itself, unless it brought too much already."""
        if self.is_closing:
            return CLOSING
        if not self._guests.bring(peer_of(session), now=time.monotonic()):
            return TOO_MANY_MAILS
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return OK

    async def handle_RCPT(  # noqa: N802, PLR0917 as the protocol calls it
        self,
        server: SMTP,
        session: Session,
        envelope: Envelope,
        address: str,
        options: list[str],
    ) -> str:
        """Take mail for our own channels only."""
        if self.is_closing:
            return CLOSING
        if len(envelope.rcpt_tos) >= self._limits.recipients:
            return TOO_MANY_RECIPIENTS
        try:
            found = await self._recipients.find(address)
        except CannotTell:
            return NOT_NOW
        if found is None:
            return self._blame(server, session, UNKNOWN)
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return OK

    async def handle_DATA(  # noqa: N802 as the protocol calls it
        self, server: Watched, session: Session, envelope: Envelope
    ) -> str:
        """Commit a mail, then say so."""
        content = envelope.original_content or b""
        if self.is_closing:
            return CLOSING
        if server.ends.has_seen_one:
            asyncio.get_running_loop().call_soon(_hang_up, server)
            return BARE_LINES
        if hops(content) > self._limits.hops:
            return LOOP
        self._at_work += 1
        self._idle.clear()
        try:
            arrivals = await self._arrivals(content, session, envelope)
            await asyncio.wrap_future(self._committer.take(arrivals))
        except CannotTell:
            return NOT_NOW
        except Exception as fault:  # whatever it is, the mail is not ours yet
            log.exception("mail was not taken")
            return FULL if _is_full(fault) else NOT_NOW
        finally:
            self._at_work -= 1
            if not self._at_work:
                self._idle.set()
        return TAKEN

    async def handle_exception(self, error: Exception) -> str:
        """Tell a guest nothing of what went wrong inside."""
        log.error("a connection failed", exc_info=error)
        return NOT_NOW

    async def _arrivals(
        self, content: bytes, session: Session, envelope: Envelope
    ) -> Sequence[Arrival]:
        """Make one arrival of each brand that the mail is for."""
        found = [(address, await self._recipients.find(address)) for address in envelope.rcpt_tos]
        by_channel = _by_channel([(address, each) for address, each in found if each])
        if not by_channel:
            raise CannotTell
        told = {
            "way": "smtp",
            "mail_from": storable((envelope.mail_from or "").strip("<>"))[:512],
            "peer": peer_of(session),
            "helo": storable(session.host_name or "")[:512],
        }
        now = datetime.now(UTC)
        return [
            handed_in(content, channel, envelope={**told, "recipients": addresses}, at=now)
            for channel, addresses in by_channel
        ]

    def _blame(self, server: SMTP, session: Session, answer: str) -> str:
        if self._guests.err(peer_of(session), now=time.monotonic()):
            return answer
        asyncio.get_running_loop().call_soon(_hang_up, server)
        return TOO_MANY_FAULTS


def peer_of(session: Session) -> str:
    """The network address of a guest, "" when it is gone already."""
    return str(session.peer[0]) if session.peer else ""


def _by_channel(found: Sequence[tuple[str, Addressed]]) -> Sequence[tuple[Channel, list[str]]]:
    """Choose one channel of each brand: the one that is answered, else the one named first."""
    chosen: dict[int, Channel] = {}
    addresses: dict[int, list[str]] = {}
    for address, each in sorted(found, key=lambda pair: not pair[1].token):
        brand = each.channel.brand_id
        chosen.setdefault(brand, each.channel)
        addresses.setdefault(brand, []).append(storable(address)[:512])
    return [(channel, addresses[brand]) for brand, channel in chosen.items()]


def _is_full(fault: Exception) -> bool:
    """Say whether there is no room, in the file store or in the database."""
    if isinstance(fault, OSError):
        return fault.errno in _FULL_ERRORS
    return isinstance(fault.__cause__, DiskFull | OutOfMemory | TooManyConnections)


def _hang_up(server: SMTP | Watched) -> None:
    with suppress(AttributeError, OSError):
        if server.transport is not None:
            server.transport.close()
