"""Webhooks: whom the desk tells what happened, with which secret, and what did not arrive."""

from datetime import timedelta
from typing import Annotated, Any

from django.db.models import QuerySet
from ninja import Query
from pydantic import Field

from ambidesk.edge.api.door import Call
from ambidesk.edge.api.nouns import Noun, declare, own
from ambidesk.edge.api.operations import Once, operation
from ambidesk.edge.api.paging import page_of
from ambidesk.edge.api.reaching import brand_named, brands_of, one
from ambidesk.edge.api.schemas import Id, Input, Instant, Key, Output, Page, Paging
from ambidesk.ground.reach.rights import ReachRight
from ambidesk.support.webhooks import arranging, kinds, replaying, telling
from ambidesk.support.webhooks.models import Webhook, WebhookCall
from ambidesk.support.webhooks.rights import WebhookRight

NOUN = "Webhooks"
MANAGE = WebhookRight.MANAGE
HOOK = "webhooks/{int:webhook_id}"
Kind = Annotated[str, Field(min_length=1, max_length=60)]


class NewWebhook(Input):
    """Where to tell what; without a brand it hears of all of them."""

    name: str = Field(min_length=1, max_length=80)
    url: str = Field(min_length=8, max_length=1000)
    kinds: list[Kind] = Field(min_length=1, max_length=200, description="See /webhook-kinds")
    brand_id: Id | None = None


class WebhookOut(Output):
    """A webhook; its secret is told only when it is made or rotated."""

    id: int
    name: str
    url: str
    kinds: list[str]
    brand_id: int | None
    is_on: bool
    failures: int
    rests_until: Instant | None


class SecretOut(Output):
    """The new secret; the one before is good for a day more."""

    secret: str


class KindsOut(Output):
    """What can be told."""

    items: list[str]


class CallOut(Output):
    """One call; `body` is what the receiver is sent."""

    id: int
    external_id: str
    kind: str
    body: str
    made_at: Instant
    attempts: int
    sent_at: Instant | None
    given_up_at: Instant | None
    trouble: str


class Lost(Output):
    """So many are made again."""

    number: int


def _hooks(request: Call) -> QuerySet[Webhook]:
    if request.actor.may(ReachRight.SEE_EVERYTHING):
        return Webhook.objects.all()
    return Webhook.objects.filter(brand__in=brands_of(request.actor))


def _save(request: Call, row: Webhook | None, body: NewWebhook) -> Webhook:
    wanted = arranging.Wanted(
        name=body.name,
        url=body.url,
        kinds=body.kinds,
        brand=brand_named(request.actor, body.brand_id),
    )
    return arranging.set_up_webhook(row, wanted, by=request.actor, at=request.at)


def _hook(row: Webhook) -> dict[str, Any]:
    return {
        "id": row.pk,
        "name": row.name,
        "url": row.url,
        "kinds": list(row.kinds),
        "brand_id": row.brand_id,
        "is_on": row.enabled,
        "failures": row.failures,
        "rests_until": row.rests_until,
    }


HOOKS = Noun(
    chapter=NOUN,
    path="webhooks",
    name="Webhook",
    singular="a webhook",
    plural="webhooks",
    sees=MANAGE,
    changes=MANAGE,
    gives=WebhookOut,
    takes=NewWebhook,
    rows=_hooks,
    shown=lambda _request, row: _hook(row),
    save=_save,
    shared=lambda row: row.brand_id is None,
)
declare(HOOKS)


@operation("GET", "webhook-kinds", right=MANAGE, name="listWebhookKinds", gives=KindsOut)
def show_kinds(request: Call) -> dict[str, Any]:  # noqa: ARG001 passed by the library
    """List what can be told"""
    return {"items": sorted(kinds.offered())}


@operation("PUT", f"{HOOK}/activity", right=MANAGE, name="switchWebhookOn", gives=WebhookOut)
def switch_on(request: Call, webhook_id: Key) -> dict[str, Any]:
    """Call a webhook again"""
    row = own(HOOKS, request, pk=webhook_id)
    return _hook(arranging.switch(row, on=True, by=request.actor, at=request.at))


@operation("DELETE", f"{HOOK}/activity", right=MANAGE, name="switchWebhookOff", gives=WebhookOut)
def switch_off(request: Call, webhook_id: Key) -> dict[str, Any]:
    """Call a webhook no more; what happens meanwhile is not told later"""
    row = own(HOOKS, request, pk=webhook_id)
    return _hook(arranging.switch(row, on=False, by=request.actor, at=request.at))


@operation(
    "POST",
    f"{HOOK}/secret",
    right=MANAGE,
    name="rotateSecret",
    gives=Once(answer=SecretOut),
    status=201,
)
def rotate(request: Call, webhook_id: Key) -> dict[str, Any]:
    """
    Draw a new secret; it is told here and nowhere else

    Under the same Idempotency-Key it is not told again.
    """
    row = own(HOOKS, request, pk=webhook_id)
    return {"secret": arranging.rotate(row, by=request.actor, at=request.at)}


@operation("POST", f"{HOOK}/test", right=MANAGE, name="testWebhook")
def test(request: Call, webhook_id: Key) -> None:
    """Tell a webhook that somebody tries it out"""
    telling.try_out(own(HOOKS, request, pk=webhook_id), by=request.actor, at=request.at)


@operation("GET", f"{HOOK}/calls", right=MANAGE, name="listCalls", gives=Page[CallOut])
def show_calls(request: Call, webhook_id: Key, paging: Query[Paging]) -> dict[str, Any]:
    """List the calls of a webhook, the latest first"""
    rows = WebhookCall.objects.filter(webhook=one(_hooks(request), webhook_id))
    return page_of(
        rows,
        of=f"calls:{webhook_id}",
        after=paging.after,
        limit=paging.limit,
        show=_call,
        newest_first=True,
    )


@operation("POST", f"{HOOK}/calls/{{int:call_id}}/replay", right=MANAGE, name="replayCall")
def replay(request: Call, webhook_id: Key, call_id: Key) -> None:
    """Make a call again, under the id that it had"""
    row = own(HOOKS, request, pk=webhook_id)
    call = one(WebhookCall.objects.filter(webhook=row), call_id)
    replaying.replay(call, by=request.actor, at=request.at)


@operation("POST", f"{HOOK}/replay", right=MANAGE, name="replayLost", gives=Lost)
def replay_lost(request: Call, webhook_id: Key) -> dict[str, Any]:
    """Make every call of the last 30 days again that was given up"""
    since = request.at - timedelta(days=30)
    row = own(HOOKS, request, pk=webhook_id)
    return {"number": replaying.replay_lost(row, since=since, by=request.actor, at=request.at)}


def _call(row: WebhookCall) -> dict[str, Any]:
    return {
        "id": row.pk,
        "external_id": row.external_id,
        "kind": row.kind,
        "body": row.body,
        "made_at": row.made_at,
        "attempts": row.attempts,
        "sent_at": row.sent_at,
        "given_up_at": row.given_up_at,
        "trouble": row.trouble,
    }
