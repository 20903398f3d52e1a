"""Callers: who speaks in a messenger, as the desk meets people."""

from ambidesk.parties.people.meeting import Caller
from ambidesk.parties.people.models import IdentityKind
from ambidesk.support.channels.contract.inbound import Sender


def storable(text: str) -> str:
    """Leave out what the database refuses: NUL and halves of pairs."""
    return text.replace("\x00", "").encode(errors="replace").decode()


def caller_of(sender: Sender) -> Caller:
    """Say who stands at the door."""
    return Caller(
        kind=IdentityKind.MESSENGER,
        value=sender.value[:320],
        name=" ".join(storable(sender.name).split())[:200],
        display=storable(sender.display or sender.name or sender.value)[:320],
        language=sender.language if sender.language in {"ru", "en"} else "",
        is_verified=sender.is_verified,
    )
