"""Work: the pieces of one delivery that have not left, and the pace at which they may."""

import time
from dataclasses import dataclass, field
from datetime import date, datetime

from ambidesk.ground.files import storing
from ambidesk.ground.kernel.days import day_of
from ambidesk.support.channels.contract.failure import refused
from ambidesk.support.channels.contract.manifest import Manifest, Pace
from ambidesk.support.channels.contract.outbound import Button, OutFile, Piece
from ambidesk.support.channels.contract.pieces import Said, pieces
from ambidesk.support.channels.models import SentPiece
from ambidesk.support.conversations.models import (
    Attachment,
    Delivery,
    Direction,
    Message,
    Trouble,
)
from ambidesk.support.conversations.wording import worded
from ambidesk.support.tickets.managing import introduction, managers_of


@dataclass(slots=True, kw_only=True)
class Work:
    """One delivery: `left` are its pieces that have not left, with their positions."""

    row: Delivery
    talk: str
    left: list[tuple[int, Piece]] = field(repr=False)


def work_of(row: Delivery, manifest: Manifest, *, at: datetime) -> Work:
    """
    Cut the message of a delivery into pieces, and leave out those that have left.

    Raises:
        Failure: it can never be sent by this channel.
    """
    if row.recipient.erased_at or not row.recipient.value:
        raise refused(Trouble.NO_ADDRESS)
    _check_window(row, manifest, at)
    said = said_in(row.message, manifest, on=day_of(at))
    cut = pieces(
        said,
        manifest,
        key=str(row.pk),
        to=row.recipient.value,
        talk=row.message.thread.key,
        after=_last_heard(row.message.thread_id),
    )
    if not cut:
        raise refused(Trouble.CANNOT_BE_WRITTEN)
    gone = set(
        SentPiece.objects.filter(delivery=row)
        .exclude(external_id="")
        .values_list("position", flat=True)
    )
    left = [(position, piece) for position, piece in enumerate(cut) if position not in gone]
    return Work(row=row, talk=row.recipient.value, left=left)


def said_in(message: Message, manifest: Manifest, *, on: date) -> Said:
    """
    Gather what a message says; the first answer of a talk names the client's account manager too.

    Raises:
        Failure: a file is gone, or larger than the messenger takes.
    """
    files = tuple(
        _file(each, manifest) for each in message.attachments.select_related("blob").order_by("pk")
    )
    buttons = tuple(
        Button(
            label=str(each.get("label", "")),
            value=str(each.get("value", "")),
            url=str(each.get("url", "")),
        )
        for each in message.choices
    )
    text = "\n\n".join(part for part in (worded(message).text, _introduction(message, on)) if part)
    return Said(text=text, files=files, buttons=buttons[: manifest.most_buttons])


def _introduction(message: Message, on: date) -> str:
    manager = managers_of([message.pk], on=on).get(message.pk)
    if manager is None:
        return ""
    said = Message.objects.filter(thread=message.thread_id, direction=Direction.OUTBOUND)
    if said.filter(pk__lt=message.pk).exists():
        return ""
    return ", ".join(introduction(manager, message.thread.channel.brand.language))


class Pacing:
    """Says which message may send its next piece now, without waiting for a slow talk."""

    def __init__(self, pace: Pace) -> None:
        self._pace = pace
        self._free_at = 0.0
        self._talk_free_at: dict[str, float] = {}
        self.pause = 0.0

    def choose(self, works: list[Work]) -> Work | None:
        """Choose the first whose turn it is; None after setting for how long all have to wait."""
        now = time.monotonic()
        seen: set[str] = set()
        soonest = float("inf")
        for work in works:
            if work.talk in seen:
                continue
            seen.add(work.talk)
            free_at = max(self._free_at, self._talk_free_at.get(work.talk, 0.0))
            if free_at <= now:
                return work
            soonest = min(soonest, free_at)
        self.pause = min(1.0, max(0.005, soonest - now))
        return None

    def note(self, work: Work) -> None:
        """A call was made."""
        now = time.monotonic()
        self._free_at = now + 1 / self._pace.per_second
        self._talk_free_at[work.talk] = now + 1 / self._pace.per_second_in_talk


def _last_heard(thread: int) -> str:
    said = Message.objects.filter(thread=thread, direction=Direction.INBOUND)
    return said.order_by("-pk").values_list("external_id", flat=True).first() or ""


def _check_window(row: Delivery, manifest: Manifest, at: datetime) -> None:
    if manifest.answer_within is None:
        return
    said = Message.objects.filter(thread=row.message.thread_id, direction=Direction.INBOUND)
    last = said.order_by("-pk").values_list("recorded_at", flat=True).first()
    if last is None or at - last > manifest.answer_within:
        raise refused(Trouble.WINDOW_CLOSED)


def _file(attachment: Attachment, manifest: Manifest) -> OutFile:
    blob = attachment.blob
    if blob.size_bytes > manifest.largest_out_bytes:
        raise refused(Trouble.TOO_LARGE)
    try:
        content = storing.read(blob)
    except FileNotFoundError as gone:
        raise refused(Trouble.CANNOT_BE_WRITTEN) from gone
    return OutFile(name=attachment.name, content_type=blob.content_type, content=content)
