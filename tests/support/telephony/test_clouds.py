"""Calls of cloud exchanges come in by their own signed webhooks, and clicks go out as they want."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import urlencode

import pytest
from django.test import Client

from ambidesk.ground.files.storing import path_of
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.support.channels.access import settings_of
from ambidesk.support.channels.connecting import Wanted, connect_messenger
from ambidesk.support.channels.contract.manifest import WayIn
from ambidesk.support.channels.intake import lane as intake
from ambidesk.support.conversations.models import Channel
from ambidesk.support.telephony.dialling import dial_due, want
from ambidesk.support.telephony.extending import extend
from ambidesk.support.telephony.models import Call, CallState, Dial, DialState
from ambidesk.support.telephony.recording import fetch_due
from tests.cast import Cast
from tests.support.telephony.exchanges import SOUND, MangoCloud, NovofonCloud, UisCloud

pytestmark = pytest.mark.django_db
NUMBER = "79161234567"
Say = Callable[[str], tuple[str, bytes, dict[str, str]]]
FORM = "application/x-www-form-urlencoded"


def connected(cast: Cast, kind: str, **values: str) -> Channel:
    wanted = Wanted(
        kind=kind,
        brand=cast.shop,
        team=cast.shop_team,
        name=kind,
        way_in=WayIn.WEBHOOK,
        values=values,
    )
    return connect_messenger(None, wanted, by=SYSTEM, at=datetime.now(UTC))


def bring(channel: Channel, body: str, behind: str = "", **headers: str) -> int:
    """Call the desk as the exchange does, and have it taken in."""
    path = f"/hooks/{channel.kind}/{settings_of(channel).hook}{behind}"
    kind = "application/json" if body.startswith("{") else FORM
    said = Client().post(path, body.encode(), content_type=kind, headers=headers)
    intake.run_once()
    return said.status_code


def whole(cast: Cast, channel: Channel) -> Call:
    """The call is on a ticket of Olga, with its recording; a click dials once."""
    row = Call.objects.get(channel=channel)
    assert (row.state, row.number) == (CallState.ENDED, f"+{NUMBER}")
    assert row.ticket
    assert row.ticket.assignee == cast.olga
    at = datetime.now(UTC)
    assert fetch_due(at=at) == 1
    row.refresh_from_db()
    assert row.recording
    assert path_of(row.recording.sha256).read_bytes() == SOUND
    wish = want(row.ticket, by=cast.actor(cast.olga), at=at)
    # Two clicks are one wish.
    assert want(row.ticket, by=cast.actor(cast.olga), at=at) == wish
    assert (dial_due(at=at), dial_due(at=at)) == (1, 0)
    assert Dial.objects.get().state == DialState.DIALLED
    return row


def test_mango_rings_is_answered_recorded_and_calls_back(cast: Cast) -> None:
    extend(cast.olga, "101", by=SYSTEM, at=cast.at)
    with MangoCloud() as cloud:
        channel = connected(cast, "mango", key=cloud.key, salt=cloud.salt, server=cloud.url)
        leg = {"entry_id": "e1", "call_id": "c1", "timestamp": 1772442000}
        sides = {"from": {"number": NUMBER}, "to": {"extension": "101", "line_number": "7495"}}
        for seq, state in ((1, "Appeared"), (2, "Connected"), (3, "Disconnected")):
            told = {**leg, **sides, "call_state": state, "seq": seq}
            assert bring(channel, cloud.form(told), "/events/call") == 200
        summary = {"entry_id": "e1", "call_direction": 1, "entry_result": 1, **sides}
        told = {**summary, "end_time": 1772442060}
        assert bring(channel, cloud.form(told), "/events/summary") == 200
        recorded = {
            "entry_id": "e1",
            "recording_id": "r1",
            "recording_state": "Completed",
            "timestamp": 1772442070,
        }
        assert bring(channel, cloud.form(recorded), "/events/recording") == 200
        forged = cloud.form(told).replace("sign=", "sign=0")
        assert bring(channel, forged, "/events/summary") == 404
        whole(cast, channel)
        path, command = cloud.commands[-1]
    assert path.endswith("commands/callback")
    assert (command["from"], command["to_number"]) == ({"extension": "101"}, NUMBER)


def test_novofon_rings_is_answered_recorded_and_calls_back(cast: Cast) -> None:
    extend(cast.olga, "101", by=SYSTEM, at=cast.at)
    began = "2026-03-02 12:00:00"
    with NovofonCloud() as cloud:
        channel = connected(cast, "novofon", key=cloud.key, secret=cloud.secret, server=cloud.url)
        facts = {"call_start": began, "pbx_call_id": "in_1", "caller_id": NUMBER}
        start = {**facts, "event": "NOTIFY_START", "called_did": "7495"}
        taken = {**facts, "event": "NOTIFY_ANSWER", "destination": "101", "internal": "101"}
        ended = {**start, "event": "NOTIFY_END", "disposition": "answered"}
        record = {"event": "NOTIFY_RECORD", "pbx_call_id": "in_1", "call_id_with_rec": "r1"}
        for told, signed in (
            (start, f"{NUMBER}7495{began}"),
            (taken, f"{NUMBER}101{began}"),
            (ended, f"{NUMBER}7495{began}"),
            (record, "in_1r1"),
        ):
            assert bring(channel, urlencode(told), Signature=cloud.sign(signed)) == 200
        assert bring(channel, urlencode(ended), Signature=cloud.sign("other")) == 404
        whole(cast, channel)
        path, query = cloud.requests[-1]
    assert path == "/v1/request/callback/"
    assert (query["from"], query["to"]) == ("101", NUMBER)


def test_uis_rings_is_answered_recorded_and_calls_back(cast: Cast) -> None:
    extend(cast.olga, "101", by=SYSTEM, at=cast.at)
    with UisCloud() as cloud:
        values = {"secret": "w" * 32, "token": cloud.token, "number": "74950000000"}
        channel = connected(cast, "uis", **values, server=f"{cloud.url}/v4.0")
        facts = {"call_session_id": "77", "contact_phone_number": NUMBER, "at": "1772442000"}
        for event, more in (
            ("incoming", {"virtual_phone_number": "7495"}),
            ("answered", {"extension": "101"}),
            ("finished", {"is_answered": "true"}),
            ("recorded", {"file_link": f"{cloud.url}/sound"}),
        ):
            told = {"secret": "w" * 32, "event": event, **facts, **more}
            assert bring(channel, json.dumps(told)) == 200
        assert bring(channel, json.dumps({**facts, "event": "finished", "secret": "x"})) == 404
        whole(cast, channel)
    assert cloud.calls[-1]["params"]["contact"] == NUMBER
