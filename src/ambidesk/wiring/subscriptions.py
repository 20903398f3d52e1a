"""Subscriptions: who reads the journal, each from a position of its own."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from ambidesk.across.insight import recounting
from ambidesk.ground.kernel.journal import Entry, Origin
from ambidesk.ground.kernel.resignalling import signal_again
from ambidesk.ground.kernel.subscribers import Subscription
from ambidesk.ground.search.indexing import take
from ambidesk.relation.feedback import planning
from ambidesk.support.channels.mail import acknowledging
from ambidesk.support.channels.mail.acknowledging import acknowledge
from ambidesk.support.incidents import following as incidents
from ambidesk.support.promises import following as promises
from ambidesk.support.promises import telling as warnings
from ambidesk.support.routing import following
from ambidesk.support.routing.following import follow
from ambidesk.support.tickets import telling
from ambidesk.support.tickets.recording import topics_of
from ambidesk.support.tickets.telling import tell_of


def _of_users(entries: Sequence[Entry]) -> Iterable[tuple[str, str]]:
    # What happens to an account ends its streams; the browser opens one with the rights of now.
    return [(f"revoke:user:{entry.subject_id}", "") for entry in entries]


TOPICS = {"ticket": topics_of, "user": _of_users}


def _signal(entries: Sequence[Entry]) -> None:
    signal_again(entries, topics=TOPICS, at=datetime.now(UTC))


def _acknowledge(entries: Sequence[Entry]) -> None:
    acknowledge(entries, at=datetime.now(UTC))


def _plan(entries: Sequence[Entry]) -> None:
    planning.plan(entries, at=datetime.now(UTC))


def _follow(entries: Sequence[Entry]) -> None:
    follow(entries, at=datetime.now(UTC))


def _notify(entries: Sequence[Entry]) -> None:
    tell_of(entries, at=datetime.now(UTC))


def _notice(entries: Sequence[Entry]) -> None:
    incidents.follow(entries, at=datetime.now(UTC))


def _promise(entries: Sequence[Entry]) -> None:
    promises.follow(entries, at=datetime.now(UTC))


def _warn(entries: Sequence[Entry]) -> None:
    warnings.tell_of(entries, at=datetime.now(UTC))


SUBSCRIPTIONS = (
    Subscription(name="signals", handler=_signal),
    Subscription(name="search", handler=take, origins=tuple(Origin)),
    Subscription(name="acknowledgements", handler=_acknowledge, kinds=acknowledging.KINDS),
    Subscription(
        name="insight",
        handler=recounting.take,
        kinds=recounting.KINDS,
        origins=tuple(Origin),
    ),
    Subscription(name="surveys", handler=_plan, kinds=planning.KINDS),
    Subscription(name="incidents", handler=_notice, kinds=incidents.KINDS),
    Subscription(name="queues", handler=_follow, kinds=following.KINDS, origins=tuple(Origin)),
    Subscription(name="promises", handler=_promise, kinds=promises.KINDS, origins=tuple(Origin)),
    Subscription(name="warnings", handler=_warn, kinds=warnings.KINDS),
    Subscription(name="notices", handler=_notify, kinds=telling.KINDS),
)
