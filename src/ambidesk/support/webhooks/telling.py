"""Telling: what happened becomes calls, one a webhook and cause; told twice is told once."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import uuid4

from django.db import transaction

from ambidesk.ground.kernel.journal import Entry
from ambidesk.ground.reach.actor import Actor
from ambidesk.support.webhooks import kinds
from ambidesk.support.webhooks.models import Webhook, WebhookCall


class Brands(Protocol):
    """Says to which brand the subjects of a kind belong; those of none are left out."""

    def __call__(self, subject_kind: str, ids: Collection[int]) -> Mapping[int, int]:
        """Give brands by the subject's id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """One thing to tell one webhook: ids, enums and numbers; the same `cause` is told once."""

    webhook: Webhook
    kind: str
    cause: str
    data: Mapping[str, Any]
    happened_at: datetime


def follow(entries: Sequence[Entry], *, brands: Brands, at: datetime) -> None:
    """Tell every webhook what it wants to hear of."""
    webhooks = list(Webhook.objects.filter(enabled=True))
    wanted = {kind for webhook in webhooks for kind in webhook.kinds}
    heard = [entry for entry in entries if entry.kind in wanted]
    if not heard:
        return
    places = _places(heard, brands)
    news = [
        News(
            webhook=webhook,
            kind=entry.kind,
            cause=_cause(entry),
            data=data_of(entry),
            happened_at=entry.at,
        )
        for entry in heard
        for webhook in webhooks
        if entry.kind in webhook.kinds
        # What belongs to no brand is told to those only who hear of all of them.
        and webhook.brand_id in {None, places.get((entry.subject_kind, entry.subject_id))}
    ]
    tell_many(news, at=at)


@transaction.atomic
def tell_many(news: Sequence[News], *, at: datetime) -> None:
    """Put calls into the outbox; what a webhook was told already is left as it is."""
    WebhookCall.objects.bulk_create(
        [
            WebhookCall(
                webhook=each.webhook,
                external_id=f"msg_{uuid4().hex}",
                cause=each.cause,
                kind=each.kind,
                body=_body(each),
                made_at=at,
                due_at=at,
            )
            for each in news
        ],
        ignore_conflicts=True,
    )


def try_out(webhook: Webhook, *, by: Actor, at: datetime) -> None:
    """Tell a webhook that somebody tries it out, also when it is off or rests."""
    Webhook.objects.filter(pk=webhook.pk).update(rests_until=None)
    cause = f"test:{uuid4().hex}"
    data = {"webhook_id": webhook.pk, "user_id": by.user_id}
    news = News(webhook=webhook, kind=kinds.TEST, cause=cause, data=data, happened_at=at)
    tell_many([news], at=at)


def data_of(entry: Entry) -> dict[str, Any]:
    """What is told of an entry: ids, enums and numbers, whom it happened to, and who did it."""
    return {
        **entry.data,
        "subject": {"kind": entry.subject_kind, "id": entry.subject_id},
        "actor": {"kind": entry.actor_kind, "id": entry.actor_id},
    }


def _places(entries: Sequence[Entry], brands: Brands) -> dict[tuple[str, int], int]:
    subjects: dict[str, set[int]] = {}
    for entry in entries:
        subjects.setdefault(entry.subject_kind, set()).add(entry.subject_id)
    return {
        (kind, number): brand
        for kind, ids in subjects.items()
        for number, brand in brands(kind, ids).items()
    }


def _cause(entry: Entry) -> str:
    place = entry.position
    return f"entry:{place.epoch}:{place.xid}:{place.sequence}"


def _body(news: News) -> str:
    """Source: Standard Webhooks 1.0, "Payload structure"."""
    told = {"type": news.kind, "timestamp": news.happened_at.isoformat(), "data": dict(news.data)}
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))
