"""The protocol: aiosmtpd's, with room for long lines, counted guests and answers of LMTP."""

import asyncio
import socket
import time
from typing import AnyStr, Final

from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP
from django.conf import settings

from ambidesk.support.channels.mail.smtp.certificate import Certificate
from ambidesk.support.channels.mail.smtp.door import TOO_MANY_FAULTS, Door
from ambidesk.support.channels.mail.smtp.framing import EndWatch
from ambidesk.support.channels.mail.smtp.guests import Guests, Limits

# Senders of long lines are many; the parser cuts what is too long.
LINE_BYTES: Final = 256 * 1024
NO_ROOM: Final = f"{TOO_MANY_FAULTS}\r\n".replace("errors, goodbye", "connections").encode()


class Protocol(SMTP):
    """One connection of SMTP."""

    line_length_limit = LINE_BYTES

    def __init__(
        self, door: Door, guests: Guests, *, limits: Limits, certificate: Certificate | None
    ) -> None:
        super().__init__(
            door,
            data_size_limit=limits.mail_bytes,
            enable_SMTPUTF8=True,
            hostname=settings.MAIL_HOST or socket.gethostname(),
            ident="ESMTP",
            tls_context=certificate.context() if certificate else None,
            timeout=limits.silence_seconds,
            command_call_limit={"*": limits.commands},
            loop=asyncio.get_running_loop(),
        )
        self.ends = EndWatch()
        self._door, self._guests = door, guests
        self._guest: str | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Let a guest in, or say that there is no room; one who turns to TLS is in already."""
        if self._guest is not None:
            super().connection_made(transport)
            return
        if self._door.is_closing:
            # It was on its way in while those inside were sent home: nobody would speak to it.
            transport.close()
            return
        peer = str((transport.get_extra_info("peername") or ("",))[0])
        if self._guests.enter(peer, now=time.monotonic()):
            self._guest = peer
            self._door.connections.add(transport)
            super().connection_made(transport)
            return
        if isinstance(transport, asyncio.WriteTransport):
            transport.write(NO_ROOM)
        transport.close()

    def data_received(self, data: bytes) -> None:
        """Hear a guest; one for whom there was no room is not heard."""
        if self._guest is not None:
            self.ends.see(data)
            super().data_received(data)

    def eof_received(self) -> bool | None:
        """Note that a guest said all."""
        return super().eof_received() if self._guest is not None else False

    def connection_lost(self, error: Exception | None) -> None:
        """Let a guest go."""
        if self._guest is None:
            return
        self._guests.leave(self._guest)
        if self.transport is not None:
            # Under TLS the connection that was let in lies below.
            self._door.connections.discard(self._original_transport or self.transport)
        super().connection_lost(error)


class LocalProtocol(LMTP, Protocol):
    """One connection of LMTP: after the data there is an answer for each recipient (RFC 2033)."""

    _answers = 1

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802 named by the protocol
        """Take a mail and answer for each of its recipients."""
        self._answers = len(self.envelope.rcpt_tos) if self.envelope else 1
        try:
            await super().smtp_DATA(arg)
        finally:
            self._answers = 1

    async def push(self, status: AnyStr) -> None:
        """Answer, as often as the step asks for; the call for data is no answer yet."""
        told = status.encode() if isinstance(status, str) else status
        times = 1 if told.startswith(b"354") else max(self._answers, 1)
        await super().push(b"\r\n".join([told] * times))
