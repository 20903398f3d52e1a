"""
The intake lane: claims raw mails, has them read in the parser's process, takes them in.

A batch that fails is tried again one by one; what fails alone stands in quarantine. What hinders
everything, such as a full disk or a lost database, leaves all of it waiting.
"""

import logging
import time
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Final

from ambidesk.ground.files.storing import store_many
from ambidesk.ground.kernel.crash import crash_point
from ambidesk.support.channels.mail.addressing import Directory
from ambidesk.support.channels.mail.intake.letter import Letter, letter_of
from ambidesk.support.channels.mail.intake.taking_in import take_in
from ambidesk.support.channels.mail.parser_process import ParserFailed, ParserProcess
from ambidesk.support.conversations.claiming import claim, release
from ambidesk.support.conversations.models import Channel, ChannelKind, IntakeItem
from ambidesk.support.conversations.quarantine import set_aside
from ambidesk.support.conversations.raw import raw_of
from ambidesk.support.conversations.trying import FAULT, GAVE_UP, LIVES, try_in

log = logging.getLogger(__name__)
NAME: Final = "mail-intake"
AT_ONCE: Final = 50
# A lease outlasts the reading of a batch by the time that one more mail and the writing may take.
LEASE: Final = timedelta(seconds=30)
READING_SECONDS: Final = 8.0
READING_BYTES: Final = 32 * 1024 * 1024
CRASH_POINTS: Final = ("intake:claimed",)
LOST: Final = "content-lost"


class Intake:
    """One intake with a parser of its own; several of them share the work."""

    def __init__(self, parser: ParserProcess | None = None) -> None:
        self._parser = parser or ParserProcess()

    def run_once(self) -> int:
        """Take in what waits, up to a batch; say how many items there were."""
        at = datetime.now(UTC)
        items = claim([ChannelKind.EMAIL], at=at, lasting=LEASE, limit=AT_ONCE)
        if not items:
            return 0
        crash_point("intake:claimed")
        try:
            letters = self._read(items, at=at)
            blobs = store_many(
                (file.content for letter in letters for file in letter.mail.attachments), at=at
            )
        except OSError:
            # The disk is no mail's fault; what is settled already stays so.
            release(items)
            raise
        try_in(letters, partial(take_in, blobs=blobs, at=at), at=at)
        return len(items)

    def close(self) -> None:
        """End the parser's process."""
        self._parser.close()

    def _read(self, items: Sequence[IntakeItem], *, at: datetime) -> list[Letter]:
        """Have mails read, as many as time and memory allow; the others are given back."""
        rows = Channel.objects.filter(kind=ChannelKind.EMAIL).select_related("brand", "team")
        channels = {row.pk: row for row in rows}
        directory = Directory(channels.values())
        letters: list[Letter] = []
        until, left = time.monotonic() + READING_SECONDS, READING_BYTES
        for position, item in enumerate(items):
            left -= item.size_bytes
            if position and (left < 0 or time.monotonic() > until):
                release(items[position:])
                break
            read = self._read_one(item, channels=channels, directory=directory)
            if isinstance(read, Letter):
                letters.append(read)
            else:
                set_aside([item], read, at=at)
        return letters

    def _read_one(
        self, item: IntakeItem, *, channels: Mapping[int, Channel], directory: Directory
    ) -> Letter | str:
        """Read a mail, or say why it has to be set aside."""
        if item.attempts > LIVES:
            return GAVE_UP
        try:
            raw = raw_of(item)
            mail = self._parser.parse(raw)
            return letter_of(item, mail, raw=raw, channels=channels, directory=directory)
        except ParserFailed as failed:
            return failed.reason
        except FileNotFoundError:
            return LOST
        except OSError:
            raise
        except Exception:  # this mail alone is what cannot be read
            log.exception("mail %s cannot be read", item.pk)
            return FAULT
