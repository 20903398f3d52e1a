"""Incoming webhooks: what other systems say becomes tickets, goes on in them, and ends them."""

import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from ambidesk.ground.fields.defining import Wanted, define
from ambidesk.ground.fields.rules.spec import Kind, Texts
from ambidesk.ground.kernel.ephemeral.connection import execute
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.support.channels.contract.inbound import HookCall
from ambidesk.support.channels.incoming import taking_in
from ambidesk.support.channels.incoming.connecting import Source, connect_source
from ambidesk.support.channels.incoming.handing_in import hand_in
from ambidesk.support.channels.incoming.mapping import Rules
from ambidesk.support.conversations.models import Channel, IntakeItem, IntakeState
from ambidesk.support.conversations.quarantine import replay
from ambidesk.support.tickets.closing import solve
from ambidesk.support.tickets.filling import answers_of
from ambidesk.support.tickets.models import State, Ticket
from ambidesk.support.webhooks.signing import headers, new_secret
from tests.cast import Cast

EXAMPLE = Path(__file__).parents[4] / "docs" / "examples" / "alertmanager.json"
# As the guide says it for Alertmanager.
ALERTS = Rules(
    each="alerts",
    subject="{{labels.alertname}}: {{annotations.summary}}",
    text="annotations.description",
    key="fingerprint",
    state="status",
    closes=("resolved",),
    is_live=True,
)
PLAIN = Rules(subject="title", text="body", sender="mail", key="id", is_live=True)


@pytest.fixture(autouse=True)
def nobody_called_before(db: None) -> None:
    """Calls are counted by the minute, beside the transaction of a test."""
    execute("DELETE FROM ephemeral_counter WHERE key LIKE 'incoming:%%'", [])


def source(cast: Cast, rules: Rules, secret: str | None = None) -> Channel:
    """The monitoring of the shop."""
    wanted = Source(
        brand=cast.shop, team=cast.shop_team, name="Monitoring", rules=rules, secret=secret
    )
    return connect_source(None, wanted, by=SYSTEM, at=cast.at)


def tell(channel: Channel, said: Any, **more: str) -> HttpResponse:
    """Call the address as another system does, and have it taken in."""
    body = said if isinstance(said, bytes) else json.dumps(said).encode()
    answer = Client().post(
        f"/in/{channel.address}", body, content_type="application/json", headers=more
    )
    taking_in.run_once()
    return answer  # type: ignore[return-value]  # a response of Django's client


def alert(status: str = "firing", **more: str) -> dict[str, Any]:
    """What Alertmanager sends, by the example of the guide."""
    said: dict[str, Any] = json.loads(EXAMPLE.read_text())
    said["alerts"][0] |= {"status": status, **more}
    return said


def test_an_alert_opens_a_ticket_and_its_end_solves_it(cast: Cast) -> None:
    channel = source(cast, ALERTS)
    assert tell(channel, alert()).status_code == 202
    ticket = Ticket.objects.get()
    assert ticket.subject == "DiskFull: The disk of db1 is 97 % full"
    assert (ticket.brand, ticket.team) == (cast.shop, cast.shop_team)
    tell(channel, alert("resolved"))
    ticket.refresh_from_db()
    assert ticket.state == State.SOLVED
    assert ticket.filings.count() == 2


def test_the_same_key_goes_on_in_the_same_ticket_until_it_has_ended(cast: Cast) -> None:
    channel = source(cast, ALERTS)
    tell(channel, alert())
    tell(channel, alert(startsAt="later"))
    ticket = Ticket.objects.get()
    assert ticket.filings.count() == 2
    solve(ticket, by=SYSTEM, at=cast.at)
    tell(channel, alert(startsAt="later still"))
    assert Ticket.objects.count() == 2


def test_the_same_call_twice_is_one_and_an_end_alone_opens_nothing(cast: Cast) -> None:
    channel = source(cast, ALERTS)
    tell(channel, alert("resolved"))
    assert not Ticket.objects.exists()
    tell(channel, alert())
    tell(channel, alert())
    assert Ticket.objects.get().filings.count() == 1
    named = {"webhook_id": "one"}
    other = {**alert(fingerprint="b"), "receiver": "x"}
    for said in (other, {**other, "receiver": "y"}):
        tell(channel, said, **{"Webhook-Id": named["webhook_id"]})
    assert Ticket.objects.count() == 2


def test_who_is_named_asks_and_fields_are_filled(cast: Cast) -> None:
    floor = define(None, wanted=Wanted(kind=Kind.WHOLE, label=Texts(en="F")), by=SYSTEM, at=cast.at)
    rules = Rules(subject="title", sender="mail", fields={floor.pk: "floor"}, is_live=True)
    channel = source(cast, rules)
    tell(channel, {"title": "Lift stands", "mail": "Anna@Example.org", "floor": 7})
    tell(channel, {"title": "Lift stands", "mail": "nobody", "floor": "high"})
    first, second = Ticket.objects.order_by("pk")
    assert first.requester == cast.anna.person
    assert answers_of([first.pk])[first.pk] == {floor.pk: 7}
    assert second.requester.name == "Monitoring"
    assert answers_of([second.pk])[second.pk] == {}


@pytest.mark.parametrize(
    "said, reason",
    [
        (b"{", "no-json"),
        (b"[" * 100_000, "no-json"),
        ({"alerts": []}, "no-events"),
        ({"alerts": "many"}, "no-events"),
        ({"alerts": [{}] * 51}, "too-many-events"),
        ({"alerts": [{"status": "firing"}]}, None),
        ({"alerts": [7]}, None),
    ],
)
def test_what_cannot_be_mapped_stands_in_quarantine(
    said: Any, reason: str | None, cast: Cast
) -> None:
    channel = source(cast, ALERTS)
    assert tell(channel, said).status_code == 202
    item = IntakeItem.objects.get()
    if reason:
        assert (item.state, item.reason) == (IntakeState.QUARANTINED, reason)
        assert not Ticket.objects.exists()


def test_with_mended_paths_what_was_set_aside_is_tried_again(cast: Cast) -> None:
    channel = source(cast, Rules(subject="name", is_live=True))
    tell(channel, {"title": "Disk"})
    item = IntakeItem.objects.get()
    assert (item.state, item.reason) == (IntakeState.QUARANTINED, "no-words")
    mended = Source(brand=cast.shop, team=None, name="M", rules=PLAIN)
    connect_source(channel, mended, by=SYSTEM, at=cast.at)
    replay(item, by=SYSTEM, at=cast.at)
    taking_in.run_once()
    assert Ticket.objects.get().subject == "Disk"


def test_as_long_as_it_is_a_dry_run_nothing_is_opened(cast: Cast) -> None:
    channel = source(cast, Rules(subject="title"))
    assert tell(channel, {"title": "Disk"}).status_code == 202
    assert IntakeItem.objects.get().state == IntakeState.DISCARDED
    assert not Ticket.objects.exists()


def test_who_does_not_sign_or_know_the_address_learns_nothing(cast: Cast) -> None:
    channel = source(cast, PLAIN, secret="a secret of sixteen")
    body = b'{"title": "Disk"}'
    right = hmac.new(b"a secret of sixteen", body, hashlib.sha256).hexdigest()
    assert tell(channel, body).status_code == 404
    assert (
        tell(channel, body, **{"X-Hub-Signature-256": f"sha256={right[:-1]}x"}).status_code == 404
    )
    assert Client().post("/in/made-up", body, content_type="application/json").status_code == 404
    assert not IntakeItem.objects.exists()
    assert tell(channel, body, **{"X-Hub-Signature-256": f"sha256={right}"}).status_code == 202
    assert Ticket.objects.count() == 1


def test_standard_webhooks_are_checked_with_their_time(cast: Cast) -> None:
    secret = new_secret()
    channel = source(cast, PLAIN, secret=secret)
    body = b'{"title": "Disk"}'
    old = headers([secret], message_id="a", at=cast.at, body=body)
    now = headers([secret], message_id="a", at=datetime.now(UTC), body=body)
    assert tell(channel, body, **old).status_code == 404
    assert tell(channel, body, **now).status_code == 202


def test_too_much_and_too_often_is_refused(cast: Cast) -> None:
    channel = source(cast, PLAIN)
    assert tell(channel, b" " * 300_000).status_code == 413
    said = []
    # Counted by the minute of the clock: one may end while we call.
    while 429 not in said and len(said) < 260:
        body = {"title": f"{len(said)}"}
        path = f"/in/{channel.address}"
        said.append(Client().post(path, body, content_type="application/json").status_code)
    assert said[0] == 202
    assert said[-1] == 429


def test_a_channel_out_of_use_hears_nothing(cast: Cast) -> None:
    channel = source(cast, PLAIN)
    Channel.objects.filter(pk=channel.pk).update(enabled=False)
    assert tell(channel, {"title": "Disk"}).status_code == 404


def test_an_address_of_letters_that_no_token_has_is_not_there(db: None) -> None:
    for wrong in ("%00", "a%00b", "%D1%8F", "a" * 101):
        answer = Client().post(f"/in/{wrong}", b"{}", content_type="application/json")
        assert answer.status_code == 404


def test_the_same_bytes_are_one_call_for_a_while_only(cast: Cast) -> None:
    channel = source(cast, PLAIN)
    call = HookCall(headers={}, body=b'{"title": "Down", "body": "Again"}')
    # Across the border of two whiles, as well as within one.
    late = datetime(2026, 3, 2, 9, 4, 50, tzinfo=UTC)
    for seconds, is_new in ((0, True), (5, False), (60, False), (301, True)):
        at = late + timedelta(seconds=seconds)
        assert hand_in(channel.address, call=call, at=at) is is_new, seconds
    named = HookCall(headers={"webhook-id": "1"}, body=call.body)
    assert hand_in(channel.address, call=named, at=late)
    assert not hand_in(channel.address, call=named, at=late + timedelta(days=1))
