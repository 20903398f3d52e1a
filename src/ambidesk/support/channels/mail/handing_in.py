"""Handing in what the desk itself writes: row by row over one connection, each kept or put off."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

import structlog

from ambidesk.ground.kernel.sealing import CannotUnseal
from ambidesk.support.channels.contract.failure import Failure
from ambidesk.support.channels.mail.composing.letter import CannotBeWritten
from ambidesk.support.channels.mail.sending.failure import ConnectionFailed
from ambidesk.support.channels.mail.sending.relay import relay_of
from ambidesk.support.channels.mail.sending.session import Session
from ambidesk.support.conversations.models import Channel, ChannelKind

log = structlog.get_logger(__name__)
R = TypeVar("R")


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps(Generic[R]):
    """What is done with a leased row: held anew before its turn, handed in, marked or put off."""

    is_ours: Callable[[R, datetime], bool]
    hand_in: Callable[[Session, R, datetime], None]
    mark: Callable[[R, datetime], None]
    put_off: Callable[[R, datetime], None]


def channel_of_desk() -> Channel | None:
    """The channel by which the desk itself writes; None where no mail can leave."""
    used = Channel.objects.filter(kind=ChannelKind.EMAIL, enabled=True).exclude(address="")
    return used.select_related("brand").order_by("pk").first()


def hand_in_all(
    channel: Channel, rows: Sequence[R], *, steps: Steps[R], clock: Callable[[], datetime]
) -> None:
    """Hand in leased rows; `clock` tells when each has its turn."""
    left = list(rows)
    try:
        with Session(relay_of(channel), greeting=channel.domain) as session:
            while left:
                if steps.is_ours(left[0], clock()):
                    _one(session, left[0], steps, at=clock())
                left.pop(0)
    except Failure as failed:
        log.info("hand-in-failed", reason=type(failed).__name__, waiting=len(left))
        for each in left:
            steps.put_off(each, clock())


def _one(session: Session, row: R, steps: Steps[R], *, at: datetime) -> None:
    """Hand in one; what is refused is put off alone, a lost connection is everybody's."""
    try:
        steps.hand_in(session, row, at)
    except ConnectionFailed:
        raise
    except (Failure, CannotBeWritten, CannotUnseal) as failed:
        log.info("hand-in-failed", reason=type(failed).__name__, waiting=1)
        steps.put_off(row, at)
    else:
        steps.mark(row, at)
