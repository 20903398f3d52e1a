"""Settings of webhooks: set up by a form, the secret shown once, calls seen and sent again."""

import pytest
from django.conf import settings
from django.test import Client

from ambidesk.support.webhooks.arranging import secrets_of
from ambidesk.support.webhooks.models import Webhook, WebhookCall
from ambidesk.support.webhooks.posting import post_due
from tests.cast import Cast
from tests.support.webhooks.receivers import proves, receiver

FORM = {"name": "Shop", "kinds": ["tickets.opened"], "brand": ""}


def test_a_webhook_is_set_up_tested_and_its_secret_shown_once(
    cast: Cast, admin: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "WEBHOOK_HOSTS", frozenset({"127.0.0.1"}))
    with receiver() as other:
        made = admin.post("/settings/webhooks/new", {**FORM, "url": other.url})
        assert made.status_code == 303, made.content
        webhook = Webhook.objects.get()
        place = f"/settings/webhooks/{webhook.pk}"
        shown = admin.post(f"{place}/secret")
        webhook.refresh_from_db()
        secret = secrets_of(webhook, at=cast.at)[0]
        assert secret in shown.content.decode()
        assert "no-store" in shown["Cache-Control"]
        assert secret not in admin.get(place).content.decode()
        admin.post(f"{place}/test")
        due_at = WebhookCall.objects.get().due_at
        post_due(clock=lambda: due_at)
        page = admin.get(place).content.decode()
        assert "received" in page
        assert proves(secret, *other.taken[0])
        call = WebhookCall.objects.get()
        assert admin.post(f"/settings/webhooks/calls/{call.pk}").status_code == 303
        assert "on its way" in admin.get(place).content.decode()


def test_an_address_inside_is_refused_beside_its_field(admin: Client, cast: Cast) -> None:
    answer = admin.post("/settings/webhooks/new", {**FORM, "url": "https://10.1.2.3/"})
    assert answer.status_code == 422
    assert "Give an address in the internet" in answer.content.decode()
    assert "https://10.1.2.3/" in answer.content.decode()
    assert not Webhook.objects.exists()
