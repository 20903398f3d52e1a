"""Registering: browsers say where they can be reached; an address belongs to who came last."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric import ec
from django.db import transaction
from django.utils.translation import gettext_lazy as _

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
    Check the form; where the address leads is judged when it is called.

    Raises:
        NotABrowser: an address, a key or a secret is none.
    """
    try:
        parts = urlsplit(given.url)
        fits = parts.scheme in {"https", "http"} and bool(parts.hostname) and len(given.url) <= 1000
        ec.EllipticCurvePublicKey.from_encoded_point(CURVE, decoded(given.public_key))
        fits = fits and len(decoded(given.auth)) == SECRET_BYTES
    except ValueError as wrong:
        raise NotABrowser from wrong
    if not fits:
        raise NotABrowser
