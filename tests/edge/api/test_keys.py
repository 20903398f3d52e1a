"""Keys: what they open, how they end, and that they never do more than they were given."""

from datetime import UTC, datetime, timedelta

import pytest

from ambidesk.ground.kernel.journal.reading import entries_of
from ambidesk.ground.reach import keying
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.ground.reach.keying import BeyondYourself, KeyText, NoScope
from ambidesk.ground.reach.models import ApiKey
from ambidesk.support.conversations.models import Message
from tests.cast import Cast
from tests.edge.api.machines import Machine, issued


def test_without_a_key_nothing_is_told(cast: Cast) -> None:
    said = Machine(token="").get("tickets")
    assert said.status == 401
    assert said.body["code"] == "no-key"
    assert said.headers["WWW-Authenticate"].startswith("Bearer")


def test_only_the_digest_of_a_key_is_kept(cast: Cast) -> None:
    made = issued(["tickets:read"], at=cast.at)
    row = ApiKey.objects.values().get(pk=made.key.pk)
    assert made.token not in str(row)
    assert made.token.startswith(row["prefix"])


def test_a_revoked_key_opens_nothing_from_the_next_request_on(cast: Cast, shop: Machine) -> None:
    assert shop.get("tickets").status == 200
    keying.revoke_key(ApiKey.objects.get(), by=SYSTEM, at=cast.at)
    assert shop.get("tickets").status == 401
    assert [e.kind for e in entries_of("api_key", ApiKey.objects.get().pk)] == [
        "reach.api_key_issued",
        "reach.api_key_revoked",
    ]


def test_a_key_ends_at_its_time(cast: Cast) -> None:
    past = datetime.now(UTC) - timedelta(minutes=1)
    made = issued(["tickets:read"], at=cast.at, expires_at=past)
    assert Machine(token=made.token).get("tickets").status == 401


def test_a_session_of_a_browser_is_no_key(cast: Cast, client: object) -> None:
    client.force_login(cast.admin.user)  # type: ignore[attr-defined]  # Django's client
    assert client.get("/api/v1/tickets").status_code == 401  # type: ignore[attr-defined]


def test_a_key_does_only_what_its_scopes_say(cast: Cast) -> None:
    ticket = cast.ticket()
    key = issued(["tickets:read"], brands=[cast.shop.pk], at=cast.at)
    machine = Machine(token=key.token)
    assert machine.get(f"tickets/{ticket.number}").status == 200
    said = machine.patch(f"tickets/{ticket.number}", {"priority": "high"})
    assert said.status == 403
    assert "tickets:write" in said.body["detail"]


def test_a_key_reaches_its_own_brands_only(cast: Cast, shop: Machine, lifts: Machine) -> None:
    ticket = cast.ticket()
    assert shop.get(f"tickets/{ticket.number}").status == 200
    assert lifts.get(f"tickets/{ticket.number}").status == 404
    assert lifts.get("tickets").body["items"] == []


def test_nobody_gives_a_key_more_than_they_may(cast: Cast) -> None:
    text = KeyText(name="Too much", scopes=["channels:write"])
    with pytest.raises(BeyondYourself):
        keying.issue_key(text, by=cast.actor(cast.olga), at=cast.at)
    with pytest.raises(NoScope):
        keying.issue_key(KeyText(name="Nothing", scopes=["none"]), by=SYSTEM, at=cast.at)


def test_on_behalf_of_somebody_the_message_is_theirs(cast: Cast, shop: Machine) -> None:
    ticket = cast.ticket()
    body = {"text": "On its way."}
    said = shop.post(f"tickets/{ticket.number}/answers", body, On_Behalf_Of=str(cast.olga.pk))
    assert said.status == 201
    assert Message.objects.get(pk=said.body["id"]).author == cast.olga.user


def test_on_behalf_of_somebody_a_key_does_no_more_than_both_may(cast: Cast) -> None:
    ticket = cast.ticket()
    scopes = ["tickets:write", "people:erase", "brands:all", "behalf"]
    machine = Machine(token=issued(scopes, at=cast.at).token)
    # Lev serves the other brand.
    assert machine.get(f"tickets/{ticket.number}").status == 200
    assert machine.get(f"tickets/{ticket.number}", On_Behalf_Of=str(cast.lev.pk)).status == 404
    answer = {"text": "Soon."}
    path = f"tickets/{ticket.number}/answers"
    assert machine.post(path, answer, On_Behalf_Of=str(cast.olga.pk)).status == 403


def test_without_its_scope_a_key_acts_for_nobody(cast: Cast) -> None:
    machine = Machine(token=issued(["tickets:read"], at=cast.at).token)
    said = machine.get("tickets", On_Behalf_Of=str(cast.olga.pk))
    assert (said.status, said.body["field"]) == (422, "On-Behalf-Of")


def test_who_asks_too_often_is_told_when_to_come_again(cast: Cast) -> None:
    made = issued(["tickets:read"], at=cast.at, per_minute=2)
    machine = Machine(token=made.token)
    answers = [machine.get("tickets") for _time in range(4)]
    late = [each for each in answers if each.status == 429]
    assert answers[0].headers["RateLimit-Policy"] == '"key";q=2;w=60'
    assert late
    assert 0 < int(late[0].headers["Retry-After"]) <= 60
