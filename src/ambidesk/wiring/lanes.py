"""The lanes of the worker: each pump that must flow, a thread each."""

from collections.abc import Sequence
from datetime import UTC, datetime

from ambidesk.edge.commands.lanes import Lane as Running
from ambidesk.ground.kernel import jobs, subscribers
from ambidesk.ground.kernel.jobs import Periodic
from ambidesk.ground.kernel.pumps import Lane
from ambidesk.ground.kernel.watching import tidy, watch
from ambidesk.parties.staff.leaving import forget_expired
from ambidesk.relation.feedback.offering import offer_due
from ambidesk.support.channels.mail.imap.lane import Mailboxes
from ambidesk.support.channels.mail.intake import lane as mail_intake
from ambidesk.support.channels.mail.intake.caring import care
from ambidesk.support.channels.mail.sending.lane import Sending
from ambidesk.support.tickets.snoozing import wake_due

# Jobs that fall due by the clock; so far everything periodic is a pump.
PERIODIC: Sequence[Periodic] = ()


def lanes() -> Sequence[Running]:
    """Every lane there is."""
    return [
        Lane("snoozes", lambda: wake_due(at=datetime.now(UTC)), every=5.0),
        Lane(mail_intake.NAME, mail_intake.Intake().run_once, every=0.25),
        Lane("intake-care", lambda: care(at=datetime.now(UTC)), every=30.0),
        Lane("surveys", lambda: offer_due(at=datetime.now(UTC)), every=2.0),
        Mailboxes(),
        Sending(),
        *subscribers.lanes(),
        *jobs.lanes(PERIODIC),
        Lane("watch", lambda: watch(at=datetime.now(UTC)), every=5.0),
        Lane("tidy", _tidy, every=60.0),
    ]


def _tidy() -> int:
    return tidy() + forget_expired(at=datetime.now(UTC))
