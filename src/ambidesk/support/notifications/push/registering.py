"""Registering: browsers say where they can be reached; an address belongs to who came last."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import SplitResult, urlsplit

from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.egress.addresses import is_public
from ambidesk.ground.kernel.refusal import AboveLimit, InvalidInput
from ambidesk.ground.reach.models import User
from ambidesk.support.notifications.models import PushEndpoint
from ambidesk.support.notifications.push.encrypting import CURVE
from ambidesk.support.notifications.push.letters import decoded

MOST = 10
SECRET_BYTES = 16


class NotABrowser(InvalidInput):
    """What was sent is no push subscription."""

    sentence = _("This browser cannot be reached: what it sent is no push subscription.")


class TooManyBrowsers(AboveLimit):
    """Nobody reads in so many."""

    sentence = _("%(most)s browsers are told already. Take one away first.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """What a browser says of itself."""

    url: str
    public_key: str
    auth: str


@transaction.atomic
def register(user: User, given: Subscription, *, at: datetime) -> PushEndpoint:
    """
    Remember a browser of a user.

    Raises:
        NotABrowser: it is none.
        TooManyBrowsers: there are enough.
    """
    _check(given)
    User.objects.select_for_update().get(pk=user.pk)
    others = PushEndpoint.objects.filter(user=user).exclude(url=given.url)
    if others.count() >= MOST:
        raise TooManyBrowsers(most=MOST)
    row, _is_new = PushEndpoint.objects.update_or_create(
        url=given.url,
        defaults={
            "user": user,
            "public_key": given.public_key,
            "auth": given.auth,
            "made_at": at,
        },
    )
    return row


def forget(user: User, url: str) -> None:
    """Forget a browser of a user; one that is not known is forgotten already."""
    PushEndpoint.objects.filter(user=user, url=url).delete()


def _check(given: Subscription) -> None:
    """
    Check the form and the host; where a name leads is judged again when it is called.

    Raises:
        NotABrowser: an address, a key or a secret is none.
    """
    try:
        parts = urlsplit(given.url)
        fits = _may_be_called(parts) and len(given.url) <= 1000
        ec.EllipticCurvePublicKey.from_encoded_point(CURVE, decoded(given.public_key))
        fits = fits and len(decoded(given.auth)) == SECRET_BYTES
    except ValueError as wrong:
        raise NotABrowser from wrong
    if not fits:
        raise NotABrowser


def _may_be_called(parts: SplitResult) -> bool:
    """Push services are in the public internet: no host of this house, by name or by number."""
    host = parts.hostname or ""
    if host in settings.PUSH_HOSTS:
        return parts.scheme in {"https", "http"}
    if parts.scheme != "https" or not host or host in settings.EGRESS_HOSTS:
        return False
    try:
        return is_public(host)
    except ValueError:
        return "." in host
