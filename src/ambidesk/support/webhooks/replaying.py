"""Replaying: calls are made again, under the ids that they had."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.ground.reach.actor import Actor
from ambidesk.support.webhooks.events import WebhookChange, WebhookChanged
from ambidesk.support.webhooks.models import Webhook, WebhookCall


class StillWaiting(Refusal):
    """It will be made anyway."""

    sentence = _("This call is on its way already.")


class NothingToReplay(Refusal):
    """Every call was received."""

    sentence = _("Every call was received: there is nothing to send again.")


@transaction.atomic
def replay(call: WebhookCall, *, by: Actor, at: datetime) -> None:
    """
    Make a call once more.

    Raises:
        StillWaiting: it is on its way.
    """
    ended = WebhookCall.objects.filter(pk=call.pk).exclude(sent_at=None, given_up_at=None)
    if not _due_again(ended, at):
        raise StillWaiting
    _noted(call.webhook, by=by, at=at)


@transaction.atomic
def replay_lost(webhook: Webhook, *, since: datetime, by: Actor, at: datetime) -> int:
    """
    Make every call of a webhook again that was given up since; say how many.

    Raises:
        NothingToReplay: there is none.
    """
    lost = WebhookCall.objects.filter(webhook=webhook, made_at__gte=since, sent_at=None)
    number = _due_again(lost.exclude(given_up_at=None), at)
    if not number:
        raise NothingToReplay
    _noted(webhook, by=by, at=at)
    return number


def _due_again(rows: QuerySet[WebhookCall], at: datetime) -> int:
    return rows.update(
        due_at=at, sent_at=None, given_up_at=None, attempts=0, leased_until=None, trouble=""
    )


def _noted(webhook: Webhook, *, by: Actor, at: datetime) -> None:
    # Whoever asks for it again wants to know now whether it works.
    Webhook.objects.filter(pk=webhook.pk).update(rests_until=None)
    event = WebhookChanged(webhook_id=webhook.pk, change=WebhookChange.REPLAYED)
    journal.record(event, by=by, at=at)
