"""Incoming webhooks in the settings: set up, tried on what came, switched on."""

import pytest
from django.test import Client

from ambidesk.support.channels.incoming import taking_in
from ambidesk.support.channels.incoming.mapping import Rules
from ambidesk.support.conversations.models import Channel
from ambidesk.support.tickets.models import Ticket
from tests.cast import Cast


@pytest.fixture
def ada(cast: Cast, client: Client) -> Client:
    """The administrator's browser."""
    client.force_login(cast.admin.user)
    return client


def filled(cast: Cast, **more: object) -> dict[str, object]:
    """The form as it is sent."""
    return {"name": "Monitoring", "brand": cast.shop.pk, "subject": "title", **more}


def test_what_arrives_is_shown_with_what_becomes_of_it_before_it_opens_tickets(
    cast: Cast, ada: Client
) -> None:
    made = ada.post("/settings/incoming/new", filled(cast))
    assert made.status_code in {302, 303}
    channel = Channel.objects.get(kind="incoming")
    one = f"/settings/incoming/{channel.pk}"
    assert f"/in/{channel.address}" in ada.get(one).content.decode()
    Client().post(f"/in/{channel.address}", {"title": "<b>Disk"}, content_type="application/json")
    taking_in.run_once()
    page = ada.get(one).content.decode()
    assert "&lt;b&gt;Disk" in page
    assert "<b>Disk" not in page
    assert not Ticket.objects.exists()
    ada.post(one, filled(cast, is_live="on", closes="ok, up", state="state"))
    channel.refresh_from_db()
    rules = Rules.read(channel.settings)
    assert (rules.is_live, rules.closes) == (True, ("ok", "up"))
    Client().post(f"/in/{channel.address}", {"title": "Disk"}, content_type="application/json")
    taking_in.run_once()
    assert Ticket.objects.get().subject == "Disk"


@pytest.mark.parametrize(
    "wrong",
    [
        {"subject": ""},
        {"key": "a b"},
        {"secret": "short"},
        {"fields_text": "floor = x"},
        {"fields_text": "999 = x"},
    ],
)
def test_what_is_mistyped_is_told_at_its_field(
    cast: Cast, ada: Client, wrong: dict[str, object]
) -> None:
    page = ada.post("/settings/incoming/new", filled(cast, **wrong))
    assert page.status_code == 422
    assert not Channel.objects.filter(kind="incoming").exists()


def test_a_secret_is_never_shown_and_stays_when_left_empty(cast: Cast, ada: Client) -> None:
    ada.post("/settings/incoming/new", filled(cast, secret="a secret of sixteen"))
    channel = Channel.objects.get(kind="incoming")
    one = f"/settings/incoming/{channel.pk}"
    assert "a secret of sixteen" not in ada.get(one).content.decode()
    ada.post(one, filled(cast, name="Other"))
    changed = Channel.objects.get(pk=channel.pk)
    assert (changed.name, changed.secret) == ("Other", channel.secret)
