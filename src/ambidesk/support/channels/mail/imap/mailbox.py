"""
A mailbox: one connection to one folder, every step of which has a time limit.

Whatever goes wrong comes out as MailboxFailed, never as a silence.
"""

import select
import ssl
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Final, Self

from imapclient import SEEN, IMAPClient, SocketTimeout, exceptions

from ambidesk.support.channels.mail.account import ImapAccess, Security
from ambidesk.support.channels.mail.imap.failing import MailboxFailed, told
from ambidesk.support.channels.mail.reaching import CONNECT_SECONDS
from ambidesk.support.conversations.models import Trouble

STEP_SECONDS: Final = 30.0
# How often a mailbox is asked whose server cannot tell by itself.
ASK_SECONDS: Final = 20.0
SLICE_SECONDS: Final = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Folder:
    """The numbering of a folder: while `validity` stays, a number means one mail for ever."""

    validity: int
    next_uid: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Lying:
    """A mail in the folder, before it is fetched."""

    size_bytes: int
    is_seen: bool
    since: datetime


class Mailbox:
    """
    Entering connects and signs in.

    Raises:
        MailboxFailed: that, or any later step, did not work.
    """

    def __init__(self, access: ImapAccess, *, step: float = STEP_SECONDS) -> None:
        self._access = access
        self._step = step
        self._client: Any = None

    def __enter__(self) -> Self:
        try:
            with told(Trouble.OTHER_PROTOCOL):
                self._connect()
            with told(Trouble.WRONG_PASSWORD):
                self._sign_in()
        except BaseException:
            self._close()
            raise
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if fault is None:
            with suppress(Exception):  # whoever leaves need not be let go politely
                self._client.logout()
        self._close()

    def open(self) -> Folder:
        """Open the folder, or open it again: only then does its numbering change."""
        with told(Trouble.NO_FOLDER):
            facts = self._client.select_folder(self._access.folder)
        with told(Trouble.OTHER_PROTOCOL):
            validity = int(facts[b"UIDVALIDITY"])
            next_uid = facts.get(b"UIDNEXT") or max(self._search(["ALL"]), default=0) + 1
            return Folder(validity=validity, next_uid=int(next_uid))

    def after(self, uid: int) -> list[int]:
        """List the mails numbered above `uid`."""
        with told():
            # A range that begins behind the last mail still means the last one (RFC 3501 6.4.8).
            return [found for found in self._search(["UID", f"{uid + 1}:*"]) if found > uid]

    def unseen(self) -> list[int]:
        """List the mails that nobody looked at."""
        with told():
            return self._search(["UNSEEN"])

    def everything(self) -> list[int]:
        """List all mails."""
        with told():
            return self._search(["ALL"])

    def describe(self, uids: Sequence[int]) -> Mapping[int, Lying]:
        """Tell size and flags of mails; those that are gone are left out."""
        if not uids:
            return {}
        with told():
            rows = self._client.fetch(uids, ["RFC822.SIZE", "FLAGS", "INTERNALDATE"])
            return {
                uid: Lying(
                    size_bytes=int(row[b"RFC822.SIZE"]),
                    is_seen=SEEN in row.get(b"FLAGS", ()),
                    since=row[b"INTERNALDATE"].astimezone(UTC),
                )
                for uid, row in rows.items()
                if b"RFC822.SIZE" in row and b"INTERNALDATE" in row
            }

    def fetch(self, uids: Sequence[int]) -> Mapping[int, bytes]:
        """Read mails without marking them; those that are gone are left out."""
        with told():
            rows = self._client.fetch(uids, ["BODY.PEEK[]"])
            return {uid: row[b"BODY[]"] for uid, row in rows.items() if row.get(b"BODY[]")}

    def mark_seen(self, uids: Sequence[int]) -> None:
        """Mark mails as looked at; a folder that cannot be written to stays as it is."""
        if not uids:
            return
        with told():
            try:
                self._client.add_flags(uids, [SEEN], silent=True)
            except exceptions.IMAPClientReadOnlyError:
                return

    def wait(self, seconds: float, *, stop: threading.Event) -> None:
        """Wait until the server tells of something, the time is over, or `stop` is set."""
        with told():
            if not self._client.has_capability("IDLE"):
                stop.wait(min(seconds, ASK_SECONDS))
                return
            self._client.idle()
            self._listen(seconds, stop)
            self._client.idle_done()

    def _listen(self, seconds: float, stop: threading.Event) -> None:
        line = self._client.socket()
        until = time.monotonic() + seconds
        if self._has_heard(line):
            return
        while not stop.is_set() and time.monotonic() < until:
            if select.select([line], [], [], SLICE_SECONDS)[0]:
                return

    def _has_heard(self, line: Any) -> bool:
        """Look whether news came along with the server's consent, in the buffer of the library."""
        line.setblocking(False)
        try:
            return bool(self._client._imap.file.peek(1))  # noqa: SLF001 it has no other way to tell
        except ssl.SSLWantReadError:
            return False
        finally:
            line.settimeout(self._step)

    def _connect(self) -> None:
        access = self._access
        self._client = IMAPClient(
            access.host,
            port=access.port,
            ssl=access.security is Security.TLS,
            timeout=SocketTimeout(connect=CONNECT_SECONDS, read=self._step),
        )
        self._client.normalise_times = False
        if access.security is Security.STARTTLS:
            self._client.starttls()

    def _sign_in(self) -> None:
        access = self._access
        if (access.user + access.password).isascii():
            self._client.login(access.user, access.password)
        else:
            self._client.plain_login(access.user, access.password)

    def _search(self, criteria: list[str]) -> list[int]:
        return sorted(int(uid) for uid in self._client.search(criteria))

    def _close(self) -> None:
        client, self._client = self._client, None
        if client is not None:
            with suppress(Exception):  # a broken connection cannot be closed politely
                client.shutdown()


def try_out(access: ImapAccess) -> int:
    """
    Sign in, open the folder, and say how many mails nobody looked at.

    Raises:
        MailboxFailed: it does not work, and why.
    """
    with Mailbox(access) as mailbox:
        mailbox.open()
        return len(mailbox.unseen())


__all__ = ["Folder", "Lying", "Mailbox", "MailboxFailed", "try_out"]
