"""Resealing: after the desk got a new key, secrets of channels are sealed with it at its start."""

import structlog

from ambidesk.ground.kernel.sealing import CannotUnseal, renewed
from ambidesk.support.conversations.models import Channel

log = structlog.get_logger(__name__)


def renew_seals() -> int:
    """Seal anew what an older key sealed; say how many secrets that were."""
    changed = 0
    for pk, sealed in Channel.objects.exclude(secret="").values_list("pk", "secret"):
        try:
            anew = renewed(sealed)
        except CannotUnseal:
            # The channel says so itself when it is used.
            log.warning("secret-of-another-key", channel=pk)
            continue
        if anew != sealed:
            # Whoever changed the channel meanwhile has sealed it with today's key.
            changed += Channel.objects.filter(pk=pk, secret=sealed).update(secret=anew)
    return changed
