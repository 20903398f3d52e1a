"""Webhooks and their calls."""

from ambidesk.support.webhooks.models.webhook import Webhook
from ambidesk.support.webhooks.models.webhook_call import WebhookCall

__all__ = ["Webhook", "WebhookCall"]
