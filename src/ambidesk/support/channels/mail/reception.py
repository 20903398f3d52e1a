"""Reception: mail handed in by SMTP and LMTP until told to stop; what has begun is finished."""

import asyncio
import gc
import threading
from functools import partial
from typing import Final

from django.conf import settings

from ambidesk.support.channels.committing import Committer
from ambidesk.support.channels.mail.smtp.certificate import Certificate, certificate_of
from ambidesk.support.channels.mail.smtp.door import Door
from ambidesk.support.channels.mail.smtp.guests import Guests, Limits
from ambidesk.support.channels.mail.smtp.protocol import LocalProtocol, Protocol
from ambidesk.support.channels.mail.smtp.recipients import Recipients

GRACE_SECONDS: Final = 10.0
BACKLOG: Final = 200


def serve(
    *,
    host: str,
    port: int,
    stop: threading.Event,
    lmtp_port: int | None = None,
    limits: Limits | None = None,
) -> None:
    """Take mail until `stop` is set; LMTP where a port is given here or by AMBIDESK_LMTP_PORT."""
    certificate = certificate_of(settings.SMTP_CERTIFICATE, settings.SMTP_KEY)
    lmtp_port = settings.LMTP_PORT if lmtp_port is None else lmtp_port
    ports = {port: Protocol, lmtp_port: LocalProtocol}
    asyncio.run(_serve(host, ports, stop, limits=limits or Limits(), certificate=certificate))


async def _serve(
    host: str,
    ports: dict[int, type[Protocol]],
    stop: threading.Event,
    *,
    limits: Limits,
    certificate: Certificate | None,
) -> None:
    committer, recipients, guests = Committer(), Recipients(), Guests(limits)
    door = Door(committer=committer, recipients=recipients, guests=guests, limits=limits)
    loop = asyncio.get_running_loop()
    servers = [
        await loop.create_server(
            partial(kind, door, guests, limits=limits, certificate=certificate),
            host,
            port,
            backlog=BACKLOG,
            reuse_address=True,
        )
        for port, kind in ports.items()
        if port
    ]
    try:
        await asyncio.to_thread(stop.wait)
    finally:
        for server in servers:
            server.close()
        await door.close(seconds=GRACE_SECONDS)
        # Whom asyncio accepted in the very moment in which its server was closed it drops unclosed,
        # in a ring of references (CPython 3.11, Server._attach): they would wait for a greeting.
        gc.collect()
        await asyncio.to_thread(committer.close)
        recipients.close()
