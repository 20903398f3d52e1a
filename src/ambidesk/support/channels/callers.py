"""Callers: who speaks in a messenger, as the desk meets people."""

from ambidesk.ground.kernel.texts import one_line, storable
from ambidesk.parties.people.meeting import Caller
from ambidesk.parties.people.models import IdentityKind
from ambidesk.support.channels.contract.inbound import Sender


def caller_of(sender: Sender) -> Caller:
    """Say who stands at the door."""
    return Caller(
        kind=IdentityKind.MESSENGER,
        value=sender.value[:320],
        name=one_line(sender.name, 200),
        display=storable(sender.display or sender.name or sender.value)[:320],
        language=sender.language if sender.language in {"ru", "en"} else "",
        is_verified=sender.is_verified,
    )
