"""Subscriptions: who reads the journal, each from a position of its own."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from ambidesk.across.automation import planning as rules
from ambidesk.across.automation.triggers import KINDS as CAUSES
from ambidesk.across.insight import recounting
from ambidesk.ground.kernel.journal import Entry, Origin
from ambidesk.ground.kernel.resignalling import signal_again
from ambidesk.ground.kernel.subscribers import Subscription
from ambidesk.ground.search.indexing import take
from ambidesk.parties.people.recognising import proposing as recognising
from ambidesk.relation.feedback import planning
from ambidesk.support.approvals import following as approvals
from ambidesk.support.approvals import telling as approval_news
from ambidesk.support.channels.mail import acknowledging
from ambidesk.support.channels.mail.acknowledging import acknowledge
from ambidesk.support.channels.portal import telling as client_news
from ambidesk.support.coverage import following as coverage
from ambidesk.support.handovers import following as handovers
from ambidesk.support.handovers import parting as parts
from ambidesk.support.handovers import telling as contractor_news
from ambidesk.support.handovers import warning as late_parts
from ambidesk.support.incidents import following as incidents
from ambidesk.support.knowledge import indexing as knowledge
from ambidesk.support.promises import following as promises
from ambidesk.support.promises import telling as warnings
from ambidesk.support.routing import following
from ambidesk.support.routing.following import follow
from ambidesk.support.stages import following as stages
from ambidesk.support.stages import telling as overruns
from ambidesk.support.tickets import leaving, telling
from ambidesk.support.tickets.recording import topics_of
from ambidesk.support.tickets.telling import tell_of
from ambidesk.support.webhooks import telling as webhooks
from ambidesk.support.works import following as works
from ambidesk.wiring.webhooks import KINDS as WEBHOOK_KINDS
from ambidesk.wiring.webhooks import brands_of


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


def _cover(entries: Sequence[Entry]) -> None:
    coverage.follow(entries, at=datetime.now(UTC))


def _charge(entries: Sequence[Entry]) -> None:
    works.follow(entries, at=datetime.now(UTC))


def _warn(entries: Sequence[Entry]) -> None:
    warnings.tell_of(entries, at=datetime.now(UTC))


def _go_by_stages(entries: Sequence[Entry]) -> None:
    stages.follow(entries, at=datetime.now(UTC))


def _follow_handovers(entries: Sequence[Entry]) -> None:
    handovers.follow(entries, at=datetime.now(UTC))


def _follow_parts(entries: Sequence[Entry]) -> None:
    parts.follow(entries, at=datetime.now(UTC))


def _warn_of_parts(entries: Sequence[Entry]) -> None:
    late_parts.tell_of(entries, at=datetime.now(UTC))


def _tell_of_contractors(entries: Sequence[Entry]) -> None:
    contractor_news.tell_of(entries, at=datetime.now(UTC))


def _warn_of_stages(entries: Sequence[Entry]) -> None:
    overruns.tell_of(entries, at=datetime.now(UTC))


def _ask_on(entries: Sequence[Entry]) -> None:
    approvals.follow(entries, at=datetime.now(UTC))


def _tell_of_approvals(entries: Sequence[Entry]) -> None:
    approval_news.tell_of(entries, at=datetime.now(UTC))


def _tell_clients(entries: Sequence[Entry]) -> None:
    client_news.tell_of(entries, at=datetime.now(UTC))


def _call_rules(entries: Sequence[Entry]) -> None:
    rules.plan(entries, at=datetime.now(UTC))


def _tell_outside(entries: Sequence[Entry]) -> None:
    webhooks.follow(entries, brands=brands_of, at=datetime.now(UTC))


def _recognise(entries: Sequence[Entry]) -> None:
    recognising.follow(entries, at=datetime.now(UTC))


def _give_back(entries: Sequence[Entry]) -> None:
    leaving.follow(entries, at=datetime.now(UTC))


# Who is not waited for by a person at the screen reads more at once, and each ticket less often.
SOON, LATER = 0.5, 1.0

SUBSCRIPTIONS = (
    Subscription(name="signals", handler=_signal),
    Subscription(name="search", handler=take, origins=tuple(Origin), breath=SOON),
    Subscription(
        name="knowledge",
        handler=knowledge.take,
        kinds=knowledge.KINDS,
        origins=tuple(Origin),
        breath=LATER,
    ),
    Subscription(
        name="acknowledgements", handler=_acknowledge, kinds=acknowledging.KINDS, breath=LATER
    ),
    Subscription(
        name="insight",
        handler=recounting.take,
        kinds=recounting.KINDS,
        origins=tuple(Origin),
        breath=LATER,
    ),
    Subscription(
        name="recognition",
        handler=_recognise,
        kinds=recognising.KINDS,
        origins=tuple(Origin),
        breath=LATER,
    ),
    Subscription(name="surveys", handler=_plan, kinds=planning.KINDS, breath=LATER),
    Subscription(name="incidents", handler=_notice, kinds=incidents.KINDS, breath=LATER),
    Subscription(name="queues", handler=_follow, kinds=following.KINDS, origins=tuple(Origin)),
    Subscription(name="coverage", handler=_cover, kinds=coverage.KINDS, origins=tuple(Origin)),
    Subscription(name="promises", handler=_promise, kinds=promises.KINDS, origins=tuple(Origin)),
    Subscription(name="charges", handler=_charge, kinds=works.KINDS, breath=LATER),
    Subscription(name="warnings", handler=_warn, kinds=warnings.KINDS),
    Subscription(name="stages", handler=_go_by_stages, kinds=stages.KINDS),
    Subscription(name="handovers", handler=_follow_handovers, kinds=handovers.KINDS),
    Subscription(name="parts", handler=_follow_parts, kinds=parts.KINDS),
    Subscription(name="part-warnings", handler=_warn_of_parts, kinds=late_parts.KINDS),
    Subscription(name="contractor-news", handler=_tell_of_contractors, kinds=contractor_news.KINDS),
    Subscription(name="stage-warnings", handler=_warn_of_stages, kinds=overruns.KINDS),
    Subscription(name="approvals", handler=_ask_on, kinds=approvals.KINDS),
    Subscription(name="approval-news", handler=_tell_of_approvals, kinds=approval_news.KINDS),
    Subscription(name="client-news", handler=_tell_clients, kinds=client_news.KINDS),
    Subscription(name="rules", handler=_call_rules, kinds=CAUSES),
    Subscription(name="webhooks", handler=_tell_outside, kinds=tuple(WEBHOOK_KINDS), breath=LATER),
    Subscription(name="leavers", handler=_give_back, kinds=leaving.KINDS),
    Subscription(name="notices", handler=_notify, kinds=telling.KINDS),
)
