"""
Looking: one look into a mailbox takes what is new there, each mail once.

Mails are known by the number they have under the validity of the folder's numbering. When that
changes, they are known again by their content, as many of each as were taken before.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Final

from django.db.models import Count

from ambidesk.ground.kernel import problems
from ambidesk.ground.kernel.crash import crash_point
from ambidesk.ground.kernel.pumps import wake
from ambidesk.support.channels.committing import Committer
from ambidesk.support.channels.mail.arriving import lying_in, numbered
from ambidesk.support.channels.mail.imap.mailbox import Folder, Lying, Mailbox
from ambidesk.support.channels.mail.imap.positions import advance
from ambidesk.support.channels.mail.intake.lane import NAME as INTAKE
from ambidesk.support.channels.models import MailboxPosition
from ambidesk.support.conversations.models import Channel, IntakeItem
from ambidesk.support.conversations.taking import Arrival

CRASH_POINTS: Final = ("intake:fetched", "intake:before-flags")
AT_ONCE: Final = 50
DESCRIBED_AT_ONCE: Final = 500
AT_ONCE_BYTES: Final = 8 * 1024 * 1024
# Larger ones are not even fetched; the parser's own limit is lower and ends in quarantine.
MOST_BYTES: Final = 100 * 1024 * 1024
COMMIT_SECONDS: Final = 60.0
# What came so shortly before the last look may not have been seen by it.
OVERLAP: Final = timedelta(days=1)
TOO_LARGE: Final = "mailbox-mail-too-large"


@dataclass(kw_only=True)
class Look:
    """One look of an attendant into its mailbox."""

    channel: Channel
    mailbox: Mailbox
    position: MailboxPosition
    committer: Committer
    _met: Counter[str] = field(default_factory=Counter, init=False)

    def take(self) -> int:
        """
        Take what is new, and say how much that was.

        Raises:
            MailboxFailed: the mailbox broke off; what was taken stays taken.
        """
        folder = self.mailbox.open()
        is_known = self.position.validity == folder.validity
        uids = self._new(folder)
        taken, done = 0, list[int]()
        for portion in self._portions(uids):
            taken += self._take(portion, folder, recognise=not is_known)
            done += portion
            if is_known:
                self.mailbox.mark_seen(portion)
                self._advance(folder, last_uid=portion[-1], is_over=False)
        self._advance(folder, last_uid=max([folder.next_uid - 1, *uids]), is_over=True)
        if not is_known:
            # Not before: a look that is broken off begins anew and must meet the same mails.
            self.mailbox.mark_seen(done)
        return taken

    def _new(self, folder: Folder) -> list[int]:
        """List what may be new; what people read before the desk came is theirs, not ours."""
        position = self.position
        if position.validity == folder.validity:
            return self.mailbox.after(position.last_uid)
        if position.read_at is None:
            return self.mailbox.unseen()
        since = position.read_at - OVERLAP
        lying = self._described(self.mailbox.everything())
        return [uid for uid, mail in lying if not mail.is_seen or mail.since > since]

    def _portions(self, uids: Sequence[int]) -> Iterator[list[int]]:
        """Cut mails into portions that fit into memory; far too large ones are only reported."""
        portion: list[int] = []
        size = 0
        for uid, mail in self._described(uids):
            if mail.size_bytes > MOST_BYTES:
                self._report_too_large(mail)
                continue
            if portion and (len(portion) >= AT_ONCE or size + mail.size_bytes > AT_ONCE_BYTES):
                yield portion
                portion, size = [], 0
            portion.append(uid)
            size += mail.size_bytes
        if portion:
            yield portion

    def _described(self, uids: Sequence[int]) -> Iterator[tuple[int, Lying]]:
        for start in range(0, len(uids), DESCRIBED_AT_ONCE):
            yield from sorted(
                self.mailbox.describe(uids[start : start + DESCRIBED_AT_ONCE]).items()
            )

    def _take(self, uids: list[int], folder: Folder, *, recognise: bool) -> int:
        raws = self.mailbox.fetch(uids)
        crash_point("intake:fetched")
        place, validity, now = self.position.place, folder.validity, datetime.now(UTC)
        arrivals = [
            lying_in(raw, self.channel, place=place, validity=validity, uid=uid, at=now)
            for uid, raw in sorted(raws.items())
        ]
        new = self._unknown(arrivals, folder) if recognise else arrivals
        taken = self.committer.take(new).result(COMMIT_SECONDS) if new else {}
        crash_point("intake:before-flags")
        if taken:
            wake(INTAKE)
        return len(taken)

    def _unknown(self, arrivals: Sequence[Arrival], folder: Folder) -> list[Arrival]:
        """Leave out as many mails of each content as were taken under an earlier numbering."""
        before = self._taken_before({arrival.digest for arrival in arrivals}, folder)
        unknown = []
        for arrival in arrivals:
            self._met[arrival.digest] += 1
            if self._met[arrival.digest] > before.get(arrival.digest, 0):
                unknown.append(arrival)
        return unknown

    def _taken_before(self, digests: set[str], folder: Folder) -> Mapping[str, int]:
        place = self.position.place
        rows = IntakeItem.objects.filter(
            digest__in=digests, channel=self.channel, external_key__startswith=f"imap:{place}:"
        ).exclude(external_key__startswith=numbered(place, folder.validity))
        return dict(rows.values_list("digest").annotate(Count("pk")).order_by())

    def _advance(self, folder: Folder, *, last_uid: int, is_over: bool) -> None:
        at = datetime.now(UTC) if is_over else None
        advance(self.position, validity=folder.validity, last_uid=last_uid, at=at)

    def _report_too_large(self, mail: Lying) -> None:
        facts = {
            "channel": self.channel.name,
            "megabytes": mail.size_bytes // 1024**2,
            "since": mail.since.isoformat(),
        }
        problems.report(TOO_LARGE, ("channel", self.channel.pk), at=datetime.now(UTC), facts=facts)
