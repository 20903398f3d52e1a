"""Hooking: a rule tells another system of a ticket, by ids; the webhook's outbox does the rest."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from ambidesk.across.automation.events import WebhookCalled
from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.ground.reach.actor import Actor
from ambidesk.support.tickets.actions.performing import NoSuchRow
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.webhooks.models import Webhook
from ambidesk.support.webhooks.telling import News, tell_many


class WebhookIsOff(Refusal):
    """Nobody listens."""

    sentence = _("The webhook “%(name)s” is off.")


def call_webhook(ticket: Ticket, webhook: Webhook, *, by: Actor, at: datetime) -> None:
    """
    Tell a webhook of a ticket, in the transaction of what else is done with it.

    Raises:
        WebhookIsOff: it was switched off.
        NoSuchRow: it hears of another brand only.
    """
    if not webhook.enabled:
        raise WebhookIsOff(name=webhook.name)
    if webhook.brand_id not in {None, ticket.brand_id}:
        raise NoSuchRow(field="webhook_id")
    mark = journal.newest_sequence()
    event = WebhookCalled(ticket_id=ticket.pk, webhook_id=webhook.pk)
    journal.record(event, by=by, at=at)
    made = journal.sequences_after(mark, subject_kind="ticket", subject_ids=[ticket.pk])
    data = {
        **event.data(),
        "subject": {"kind": "ticket", "id": ticket.pk},
        "actor": {"kind": str(by.kind), "id": by.id},
    }
    news = News(
        webhook=webhook,
        kind=WebhookCalled.kind,
        cause=f"rule:{made[ticket.pk][-1]}",
        data=data,
        happened_at=at,
    )
    tell_many([news], at=at)
