"""Who is let in by a form: machines, the hasty, other sites and too much of anything are not."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from ambidesk.ground.fields.models import Definition
from ambidesk.ground.kernel import ephemeral
from ambidesk.support.channels.webform import guarding, taking_in
from ambidesk.support.conversations.models import Channel, Delivery, IntakeItem
from ambidesk.support.knowledge.shelving import public_file
from ambidesk.support.tickets.models import Ticket
from tests.cast import Cast
from tests.edge.web.forms.visiting import SITE, URL, sent, solved, typed_in

pytestmark = pytest.mark.django_db


def test_the_guard_refuses_machines_politely(
    channel: Channel, fields: dict[str, Definition], monkeypatch: pytest.MonkeyPatch
) -> None:
    client = Client()
    trapped = sent(client, typed_in(client, fields, website="http://spam.example"))
    assert "hidden field" in trapped.json()["words"]
    forged = typed_in(client, fields)
    key, nonce, _bits, rest = forged["challenge"].split(".")
    forged["challenge"] = f"{key}.{nonce}.1.{rest}"
    assert "once more" in sent(client, forged).json()["words"]
    monkeypatch.setattr(guarding, "SHORTEST", timedelta(seconds=3))
    quick = sent(client, typed_in(client, fields))
    assert "very quick" in quick.json()["words"]
    assert not IntakeItem.objects.exists()


def test_a_challenge_is_good_once(channel: Channel, fields: dict[str, Definition]) -> None:
    client = Client()
    values = typed_in(client, fields)
    assert sent(client, values).status_code == 201
    other = sent(client, {**values, "key": "00000000-0000-4000-8000-000000000001"})
    assert other.status_code == 422
    # A fresh one comes with the refusal, so that nothing has to be typed again.
    fresh = other.json()["challenge"]["token"]
    again = {**values, "key": "00000000-0000-4000-8000-000000000001"}
    again |= {"challenge": fresh, "solution": solved(fresh)}
    assert sent(client, again).status_code == 201


def test_without_a_script_only_few_are_let_in_and_work_rises_with_the_load(
    channel: Channel, fields: dict[str, Definition], cast: Cast
) -> None:
    client = Client()
    for _each in range(3):
        assert sent(client, typed_in(client, fields, solution="")).status_code == 201
    refused = sent(client, typed_in(client, fields, solution=""))
    assert "JavaScript" in refused.json()["words"]
    given = [guarding.challenge(channel, place="203.0.113.7", at=cast.at) for _n in range(60)]
    assert given[0].bits < given[-1].bits <= guarding.HARDEST


def test_a_token_posted_again_and_again_takes_nothing_from_others(
    channel: Channel, cast: Cast
) -> None:
    at = datetime.now(UTC)
    told = {"solution": "", "email": "anna@example.org", "at": at}
    token = guarding.challenge(channel, place="192.0.2.1", at=at).token
    guarding.pass_guard(channel, token, place="192.0.2.1", **told)
    for _each in range(10):
        with pytest.raises(guarding.Stale):
            guarding.pass_guard(channel, token, place="192.0.2.1", **told)
    for number in range(5):
        fresh = guarding.challenge(channel, place="192.0.2.1", at=at).token
        if number < 2:
            guarding.pass_guard(channel, fresh, place="192.0.2.1", **told)
        else:
            with pytest.raises(guarding.NoWork):
                guarding.pass_guard(channel, fresh, place="192.0.2.1", **told)
    assert ephemeral.count(f"webform:form:{channel.pk}", seconds=3600) == 3 + 1


def test_one_mailbox_has_one_budget_whatever_stands_after_a_plus(
    channel: Channel, fields: dict[str, Definition]
) -> None:
    client = Client()
    for number in range(4):
        sent(client, typed_in(client, fields, email=f"mallory+{number}@example.org"))
    taking_in.run_once()
    assert Ticket.objects.count() == 4
    assert Delivery.objects.count() == 3


def test_only_listed_sites_may_show_it(channel: Channel, fields: dict[str, Definition]) -> None:
    client = Client()
    part = client.get(f"{URL}/part", headers={"Origin": SITE})
    assert part.headers["Access-Control-Allow-Origin"] == SITE
    assert "data-web-form" in part.json()["html"]
    assert client.get(f"{URL}/part", headers={"Origin": "https://evil.example"}).status_code == 403
    values = typed_in(client, fields)
    assert sent(client, values, Origin="https://evil.example").status_code == 403
    assert sent(client, values, Origin="null").status_code == 403
    assert sent(client, values, Origin=SITE).status_code == 201
    framed = client.get(URL)
    assert f"frame-ancestors {SITE}" in framed.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in framed.headers


def test_too_many_or_too_large_files_are_refused(
    channel: Channel, fields: dict[str, Definition]
) -> None:
    client = Client()
    many = [SimpleUploadedFile(f"{n}.txt", b"x") for n in range(6)]
    answer = sent(client, typed_in(client, fields, files=many))
    assert "at most 5 files" in answer.json()["errors"]["files"]
    large = SimpleUploadedFile("large.bin", b"x" * 10_300_000)
    assert sent(client, typed_in(client, fields, files=large)).status_code == 413


def test_an_archived_form_is_gone(channel: Channel) -> None:
    Channel.objects.filter(pk=channel.pk).update(enabled=False)
    assert Client().get(URL).status_code == 404


def test_addresses_that_nobody_gave_are_not_there(channel: Channel, cast: Cast) -> None:
    client = Client()
    assert client.get("/forms/le%00ak").status_code == 404
    assert public_file(cast.shop, "a" * 20 + "\0") is None
