"""Arranging: webhooks are set up, switched, and get new secrets."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.egress.addresses import is_public
from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.problems import resolve
from ambidesk.ground.kernel.refusal import InvalidInput
from ambidesk.ground.kernel.sealing import seal, unseal
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.brands.models import Brand
from ambidesk.support.webhooks.events import WebhookChange, WebhookChanged
from ambidesk.support.webhooks.kinds import offered
from ambidesk.support.webhooks.models import Webhook
from ambidesk.support.webhooks.signing import new_secret

# So long a receiver has to learn a new secret.
BOTH_GOOD_FOR = timedelta(days=1)
FAILING = "webhook-failing"


class WebhookNameTaken(InvalidInput):
    """Another webhook has the name."""

    sentence = _("Another webhook has this name.")


class NotCallable(InvalidInput):
    """The address is none that may be called."""

    sentence = _("Give an address in the internet that begins with https://.")


class NothingToTell(InvalidInput):
    """No kind, or one that there is not."""

    sentence = _("Choose at least one thing to tell.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What a webhook is told, and where."""

    name: str
    url: str
    kinds: Sequence[str]
    brand: Brand | None = None


@transaction.atomic
def set_up_webhook(webhook: Webhook | None, wanted: Wanted, *, by: Actor, at: datetime) -> Webhook:
    """
    Set up a webhook, or change the one given.

    Raises:
        WebhookNameTaken: another one has the name.
        NotCallable: the address may not be called.
        NothingToTell: no kind is chosen, or one that there is not.
    """
    _check(wanted)
    if webhook:
        row = Webhook.objects.select_for_update().get(pk=webhook.pk)
    else:
        row = Webhook(secret=seal(new_secret()))
    row.name, row.url, row.brand = wanted.name.strip()[:80], wanted.url.strip(), wanted.brand
    row.kinds = sorted(set(wanted.kinds))
    row.failures, row.rests_until = 0, None
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as taken:
        raise WebhookNameTaken(field="name") from taken
    return _changed(row, WebhookChange.SET_UP, by=by, at=at)


@transaction.atomic
def rotate(webhook: Webhook, *, by: Actor, at: datetime) -> str:
    """Draw a new secret and give it; the one before is good for a day more."""
    row = Webhook.objects.select_for_update().get(pk=webhook.pk)
    fresh = new_secret()
    row.former_secret, row.former_until = row.secret, at + BOTH_GOOD_FOR
    row.secret = seal(fresh)
    row.save(update_fields=["secret", "former_secret", "former_until"])
    _changed(row, WebhookChange.ROTATED, by=by, at=at)
    return fresh


@transaction.atomic
def switch(webhook: Webhook, *, on: bool, by: Actor, at: datetime) -> Webhook:
    """Call the address again, or no more; what happens while it is off is not told later."""
    row = Webhook.objects.select_for_update().get(pk=webhook.pk)
    row.enabled, row.failures, row.rests_until = on, 0, None
    row.save(update_fields=["enabled", "failures", "rests_until"])
    resolve(FAILING, ("webhook", row.pk), at=at)
    change = WebhookChange.SWITCHED_ON if on else WebhookChange.SWITCHED_OFF
    return _changed(row, change, by=by, at=at)


def secrets_of(webhook: Webhook, *, at: datetime) -> list[str]:
    """Give the secrets that are good now, the newest first."""
    good = [webhook.secret]
    if webhook.former_secret and webhook.former_until and at < webhook.former_until:
        good.append(webhook.former_secret)
    return [unseal(each) for each in good]


def _check(wanted: Wanted) -> None:
    if not wanted.kinds or not set(wanted.kinds) <= set(offered()):
        raise NothingToTell(field="kinds")
    if len(wanted.url) > 1000 or not _may_be_called(wanted.url.strip()):
        raise NotCallable(field="url")


def _may_be_called(url: str) -> bool:
    """Judge the form; where a name leads is judged again at each call."""
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018 a wrong one is found out when it is asked for
    except ValueError:
        return False
    host = parts.hostname or ""
    if not host or parts.username or parts.scheme not in {"https", "http"}:
        return False
    if host in settings.WEBHOOK_HOSTS:
        return True
    try:
        return parts.scheme == "https" and is_public(host)
    except ValueError:
        return parts.scheme == "https" and "." in host


def _changed(row: Webhook, change: WebhookChange, *, by: Actor, at: datetime) -> Webhook:
    journal.record(WebhookChanged(webhook_id=row.pk, change=change), by=by, at=at)
    return row
