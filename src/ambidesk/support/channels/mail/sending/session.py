"""
A session with a relay: one connection, over which mails are handed in one after another.

Each mail has a deadline; whatever happens comes out as a Failure, never as a silence.
"""

import smtplib
import socket
import ssl
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Self

from ambidesk.ground.egress.watching import Watch
from ambidesk.support.channels.contract.failure import Failure
from ambidesk.support.channels.contract.troubles import trouble_of
from ambidesk.support.channels.mail.reaching import dial
from ambidesk.support.channels.mail.sending.failure import (
    PERMANENT,
    ConnectionFailed,
    answered,
    sender_refused,
)
from ambidesk.support.channels.mail.sending.relay import Encryption, Relay
from ambidesk.support.conversations.models import Trouble

# A step, the greeting altogether, a mail altogether. A lease outlasts them.
STEP_SECONDS, GREETING_SECONDS, MAIL_SECONDS = 30.0, 45.0, 120.0
OK = range(200, 300)


class Client(smtplib.SMTP):
    """Python's client over a connection that we opened and watch."""

    def __init__(self, relay: Relay, *, greeting: str, watch: Watch, step: float) -> None:
        self._relay = relay
        self._watch = watch
        super().__init__(relay.host, relay.port, local_hostname=greeting, timeout=step)

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        line = dial(host, port)
        self._watch.over(line)
        line.settimeout(timeout)
        if self._relay.encryption is Encryption.AT_ONCE:
            return _secure().wrap_socket(line, server_hostname=host)
        return line

    def introduce(self) -> None:
        """Greet, encrypt and sign in, as far as the relay asks for it."""
        self.ehlo_or_helo_if_needed()
        offered = self.has_extn("starttls")
        wanted = self._relay.encryption
        if wanted is Encryption.AFTER_GREETING and not offered:
            raise Failure(Trouble.NO_ENCRYPTION)
        if offered and wanted in {Encryption.AFTER_GREETING, Encryption.WHERE_OFFERED}:
            self.starttls(context=_secure())
            self.ehlo_or_helo_if_needed()
        if self._relay.user:
            self._sign_in(self._relay.user, self._relay.password)

    def _sign_in(self, user: str, password: str) -> None:
        if (user + password).isascii():
            self.login(user, password)
            return
        # Python's client signs in with ASCII only; PLAIN takes UTF-8 (RFC 4616 2).
        both = b64encode(f"\0{user}\0{password}".encode()).decode()
        reply, said = self.docmd("AUTH", f"PLAIN {both}")
        if reply not in OK:
            raise smtplib.SMTPAuthenticationError(reply, said)


def _secure() -> ssl.SSLContext:
    """The certificates we trust: reading them takes longer than handing in a mail."""
    paths = ssl.get_default_verify_paths()
    places = [each for each in (paths.cafile, paths.capath) if each]
    return _trusting(tuple((each, Path(each).stat().st_mtime_ns) for each in places))


@cache
def _trusting(_places: tuple[tuple[str, int], ...]) -> ssl.SSLContext:
    return ssl.create_default_context()


class Session:
    """
    Entering connects; raises Failure when that fails.

    `greeting` is the name we introduce ourselves by.
    """

    def __init__(self, relay: Relay, *, greeting: str, step: float = STEP_SECONDS) -> None:
        self._relay = relay
        self._greeting = greeting
        self._step = step
        self._watch = Watch()
        self._client: Client | None = None
        self._plain_sender = False

    def __enter__(self) -> Self:
        try:
            with self._told(), self._watch.limit(GREETING_SECONDS):
                self._client = Client(
                    self._relay, greeting=self._greeting, watch=self._watch, step=self._step
                )
                self._client.introduce()
        except Failure:
            self.close()
            raise
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _fault: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Say good-bye where that is possible."""
        if self._client is not None and self._client.sock is not None:
            with suppress(OSError, smtplib.SMTPException), self._watch.limit(5):
                self._client.quit()
            self._client.close()
        self._client = None
        self._watch.close()

    def hand_in(self, mail: bytes, *, sender: str, plain_sender: str, recipient: str) -> None:
        """
        Have the relay take a mail for one recipient; returns once it has accepted it.

        A relay that knows no address+token gets `plain_sender` as envelope sender.

        Raises:
            Failure: it did not take it.
            ConnectionFailed: it broke off; whether it took the mail is not known.
        """
        with self._told(), self._watch.limit(MAIL_SECONDS):
            client = self._connected()
            try:
                options = _options(client, mail, recipient)
                self._begin(client, sender, plain_sender, options)
                reply, said = client.rcpt(recipient)
                if reply not in OK:
                    raise answered(reply, said, of_recipient=True)
                reply, said = client.data(mail)
            except smtplib.SMTPDataError as refused:
                reply, said = refused.smtp_code, _bytes(refused.smtp_error)
            except Failure as failure:
                if not isinstance(failure, ConnectionFailed):
                    self._forget(client)
                raise
            if reply not in OK:
                self._forget(client)
                raise answered(reply, said)

    def check_sender(self, sender: str) -> None:
        """
        Ask whether the relay lets us send from the address; nothing is sent.

        Raises:
            Failure: it does not.
        """
        with self._told(), self._watch.limit(GREETING_SECONDS):
            client = self._connected()
            reply, said = client.mail(sender)
            self._forget(client)
            if reply not in OK:
                raise sender_refused(reply, said)

    def _begin(self, client: Client, sender: str, plain_sender: str, options: list[str]) -> None:
        envelope = plain_sender if self._plain_sender else sender
        reply, said = client.mail(envelope, options)
        failure = None if reply in OK else sender_refused(reply, said)
        if failure and failure.trouble is Trouble.SENDER_REFUSED and envelope != plain_sender:
            client.rset()
            reply, said = client.mail(plain_sender, options)
            self._plain_sender = reply in OK
            failure = None if reply in OK else sender_refused(reply, said)
        if failure:
            raise failure

    def _connected(self) -> Client:
        if self._client is None or self._client.sock is None:
            raise ConnectionFailed(Trouble.DROPPED)
        return self._client

    def _forget(self, client: Client) -> None:
        with suppress(smtplib.SMTPServerDisconnected):
            client.rset()

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Turn what Python raises into what it means."""
        try:
            yield
        except Failure:
            raise
        except (OSError, ValueError) as broken:
            # What comes after our own cut says nothing of the relay.
            cut = ConnectionFailed(Trouble.TIMED_OUT) if self._watch.has_cut else None
            raise (cut or _meaning(broken)) from broken


def _options(client: Client, mail: bytes, recipient: str) -> list[str]:
    options = [f"SIZE={len(mail)}"] if client.has_extn("size") else []
    if mail.isascii() and recipient.isascii():
        return options
    if not client.has_extn("smtputf8"):
        raise Failure(Trouble.LETTERS, is_final=True)
    return [*options, "SMTPUTF8", "BODY=8BITMIME"]


def _meaning(broken: OSError | ValueError) -> Failure:
    match broken:
        case smtplib.SMTPAuthenticationError():
            return _login(broken.smtp_code, _bytes(broken.smtp_error))
        case smtplib.SMTPNotSupportedError():
            return Failure(Trouble.NO_LOGIN)
        case smtplib.SMTPConnectError() | smtplib.SMTPHeloError():
            # A greeting that lets nobody in: a busy relay, or no relay at all.
            is_busy = broken.smtp_code in range(400, 600)
            return ConnectionFailed(Trouble.BUSY if is_busy else Trouble.OTHER_PROTOCOL)
    return ConnectionFailed(_of_line(broken))


def _of_line(broken: OSError | ValueError) -> Trouble:
    match broken:
        case smtplib.SMTPServerDisconnected():
            # Python's client says "disconnected" of all that ends a connection; the cause is kept.
            cause = broken.__context__
            return trouble_of(cause) if isinstance(cause, OSError) else Trouble.DROPPED
        case smtplib.SMTPException():
            return Trouble.OTHER_PROTOCOL
        case OSError():
            return trouble_of(broken)
    return Trouble.OTHER_PROTOCOL


def _login(reply: int, said: bytes) -> Failure:
    if reply < PERMANENT:
        return ConnectionFailed(Trouble.BUSY)
    return ConnectionFailed(Trouble.WRONG_PASSWORD, status=answered(reply, said).status)


def _bytes(said: bytes | str) -> bytes:
    return said if isinstance(said, bytes) else said.encode("utf-8", "replace")
