"""
Posting: due calls are leased and made, several at once; one that does not answer holds up nobody.

Source: Standard Webhooks 1.0, "Operational considerations": 2xx is received, 410 ends it, what
fails is tried again for about three days.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.db.models import F, Q

from ambidesk.ground.egress.calling import Answer, Call, CallFailed, call
from ambidesk.ground.kernel import journal, outbox
from ambidesk.ground.kernel.problems import report, resolve
from ambidesk.ground.kernel.sealing import CannotUnseal
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.support.webhooks import kinds
from ambidesk.support.webhooks.arranging import FAILING, secrets_of
from ambidesk.support.webhooks.events import WebhookChange, WebhookChanged
from ambidesk.support.webhooks.models import Webhook, WebhookCall
from ambidesk.support.webhooks.signing import headers

log = structlog.get_logger(__name__)
AT_ONCE, AT_A_TIME = 64, 8
LEASE = timedelta(minutes=5)
SECONDS = 15.0
LONGEST_ANSWER = 16 * 1024
# With the pauses of the outbox that is about three days.
TRIES = 26
# So often in a row it failed before somebody is told.
WORTH_TELLING = 5
LONGEST_REST = timedelta(hours=1)
GONE = 410
OK = range(200, 300)
BUSY = {429, 503}
Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of one call."""

    call: WebhookCall
    answer: Answer | None = None
    trouble: str = ""

    @property
    def is_received(self) -> bool:
        """Whether the other side has it."""
        return self.answer is not None and self.answer.status in OK


def post_due(*, clock: Clock) -> int:
    """Make the calls that are due; say how many. `clock` tells when each of them leaves."""
    at = clock()
    awake = Q(webhook__rests_until=None) | Q(webhook__rests_until__lte=at)
    wanted = Q(webhook__enabled=True) | Q(kind=kinds.TEST)
    rows = WebhookCall.objects.filter(awake, wanted, sent_at=None, given_up_at=None)
    due = outbox.lease(rows.select_related("webhook"), at=at, lasting=LEASE, limit=AT_ONCE)
    by_webhook: dict[int, list[WebhookCall]] = defaultdict(list)
    for each in due:
        by_webhook[each.webhook_id].append(each)
    if due:
        with ThreadPoolExecutor(AT_A_TIME) as pool:
            # Threads call and touch no database; what came of it is put down here.
            for outcomes, left in pool.map(
                lambda calls: _in_turn(calls, clock), by_webhook.values()
            ):
                _put_down(outcomes, left, at=clock())
    return len(due)


def forget(*, before: datetime, limit: int = 5000) -> int:
    """Forget calls that ended long ago; say how many."""
    ended = WebhookCall.objects.filter(made_at__lt=before).exclude(sent_at=None, given_up_at=None)
    numbers = list(ended.order_by("made_at").values_list("pk", flat=True)[:limit])
    return WebhookCall.objects.filter(pk__in=numbers).delete()[0]


def _in_turn(calls: list[WebhookCall], clock: Clock) -> tuple[list[Outcome], list[WebhookCall]]:
    """Make the calls of one webhook, until one fails; give what came of them and what is left."""
    outcomes: list[Outcome] = []
    for number, each in enumerate(calls, start=1):
        outcome = _made(each, clock())
        outcomes.append(outcome)
        if not outcome.is_received:
            return outcomes, calls[number:]
    return outcomes, []


def _made(each: WebhookCall, at: datetime) -> Outcome:
    try:
        return Outcome(call=each, answer=call(_call(each, at)))
    except CallFailed as failed:
        return Outcome(call=each, trouble=type(failed.cause).__name__[:40])
    except CannotUnseal as sealed:
        # Its secret was sealed with a key that this desk no longer has; the others go on.
        return Outcome(call=each, trouble=type(sealed).__name__[:40])


def _call(each: WebhookCall, at: datetime) -> Call:
    body = each.body.encode()
    signed = headers(secrets_of(each.webhook, at=at), message_id=each.external_id, at=at, body=body)
    return Call(
        method="POST",
        url=each.webhook.url,
        headers={**signed, "content-type": "application/json", "user-agent": "Ambidesk-Webhooks"},
        body=body,
        seconds=SECONDS,
        longest=LONGEST_ANSWER,
        named=settings.WEBHOOK_HOSTS,
    )


def _put_down(outcomes: Iterable[Outcome], left: list[WebhookCall], *, at: datetime) -> None:
    WebhookCall.objects.filter(pk__in=[each.pk for each in left]).update(leased_until=None)
    for outcome in outcomes:
        each, status = outcome.call, outcome.answer.status if outcome.answer else None
        WebhookCall.objects.filter(pk=each.pk).update(status=status, trouble=outcome.trouble)
        if outcome.is_received:
            _received(each, at)
        else:
            _failed(outcome, at)


def _received(each: WebhookCall, at: datetime) -> None:
    WebhookCall.objects.filter(pk=each.pk).update(
        sent_at=at, leased_until=None, attempts=F("attempts") + 1
    )
    if each.webhook.failures:
        Webhook.objects.filter(pk=each.webhook_id).update(failures=0, rests_until=None)
        resolve(FAILING, ("webhook", each.webhook_id), at=at)


def _failed(outcome: Outcome, at: datetime) -> None:
    each, webhook = outcome.call, outcome.call.webhook
    log.info("webhook-failed", webhook=webhook.pk, call=each.external_id, trouble=outcome.trouble)
    if each.kind == kinds.TEST:
        # Whoever tries it out looks at the outcome now; nobody waits for a second try.
        WebhookCall.objects.filter(pk=each.pk).update(
            given_up_at=at, leased_until=None, attempts=F("attempts") + 1
        )
        return
    outbox.put_off(each, attempts=each.attempts, tries=TRIES, at=at)
    failures = webhook.failures + 1
    gone = outcome.answer is not None and outcome.answer.status == GONE
    standing = Webhook.objects.filter(pk=webhook.pk)
    standing.update(failures=F("failures") + 1, rests_until=at + _rest(outcome, failures))
    if gone:
        standing.update(enabled=False)
        event = WebhookChanged(webhook_id=webhook.pk, change=WebhookChange.SWITCHED_OFF)
        journal.record(event, by=SYSTEM, at=at)
    if gone or failures >= WORTH_TELLING:
        facts = {"webhook": webhook.name, "status": outcome.answer.status if outcome.answer else 0}
        report(FAILING, ("webhook", webhook.pk), at=at, facts={**facts, "gone": gone})


def _rest(outcome: Outcome, failures: int) -> timedelta:
    """How long the address is left alone: as it asks (RFC 9110 10.2.3), else longer each time."""
    answer = outcome.answer
    asked = answer.headers.get("retry-after", "") if answer and answer.status in BUSY else ""
    if asked.isdecimal():
        return min(timedelta(seconds=int(asked[:6])), LONGEST_REST)
    return min(outbox.backoff(failures, jitter=0.0) / 6, LONGEST_REST)
