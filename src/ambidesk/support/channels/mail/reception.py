"""Reception: mail handed in by SMTP and LMTP until told to stop; what has begun is finished."""

import asyncio
import threading
from collections.abc import Callable
from typing import Final

from django.conf import settings

from ambidesk.support.channels.committing import Committer
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
    lmtp_port = settings.LMTP_PORT if lmtp_port is None else lmtp_port
    asyncio.run(_serve(host, {port: Protocol, lmtp_port: LocalProtocol}, stop, limits or Limits()))


async def _serve(
    host: str, ports: dict[int, type[Protocol]], stop: threading.Event, limits: Limits
) -> None:
    committer, recipients, guests = Committer(), Recipients(), Guests(limits)
    door = Door(committer=committer, recipients=recipients, guests=guests, limits=limits)
    loop = asyncio.get_running_loop()
    servers = [
        await loop.create_server(
            _made(kind, door, guests, limits), host, port, backlog=BACKLOG, reuse_address=True
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
        await asyncio.to_thread(committer.close)
        recipients.close()


def _made(
    kind: type[Protocol], door: Door, guests: Guests, limits: Limits
) -> Callable[[], Protocol]:
    return lambda: kind(door, guests, limits=limits)
