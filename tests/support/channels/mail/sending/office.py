"""A post office under test: an answer is said, posted through a relay, and looked at."""

from datetime import datetime, timedelta
from typing import Any

from pytest_django.fixtures import Settings as DjangoSettings

from ambidesk.support.channels.mail.sending.posting import Post, Posted
from ambidesk.support.conversations.models import Channel, Delivery, Message
from ambidesk.support.tickets.answering import Answer, answer
from ambidesk.support.tickets.models import Ticket
from tests.cast import Cast
from tests.support.channels.mail.relays import Relay
from tests.waiting import PATIENCE_SECONDS


def say(cast: Cast, ticket: Ticket | None = None, **fields: Any) -> Message:
    values: dict[str, Any] = {"text": "Уже в пути.", "to": (cast.anna,), "due_at": cast.at}
    return answer(
        ticket or cast.ticket(),
        Answer(**{**values, **fields}),
        by=cast.actor(cast.olga),
        at=cast.at,
    )


def post(cast: Cast, at: datetime | None = None, *, channel: Channel | None = None) -> Posted:
    channel = Channel.objects.select_related("brand").get(pk=(channel or cast.shop_mail).pk)
    now = at or cast.at + timedelta(seconds=1)
    return Post(channel=channel, clock=lambda: now, step=PATIENCE_SECONDS).run()


def through(settings: DjangoSettings, found: Relay) -> None:
    settings.SMTP_RELAY = found.url


def state_of(message: Message) -> Delivery:
    return Delivery.objects.get(message=message)
