"""Lines: what telephones have in common with other channels, and what they never do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, runtime_checkable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ambidesk.parties.matching.phones import e164
from ambidesk.support.channels.contract.connector import Access
from ambidesk.support.channels.contract.failure import refused
from ambidesk.support.channels.contract.inbound import HookCall, Item, Poll, Pressed, Unsigned
from ambidesk.support.channels.contract.manifest import Manifest, Media, Pace, Setting, WayIn
from ambidesk.support.channels.contract.outbound import Piece
from ambidesk.support.conversations.models import Trouble

MEGABYTE = 1024 * 1024
NATIONAL = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Whom an exchange is to connect: first the colleague rings, then the number."""

    key: str
    extension: str
    number: str


@runtime_checkable
class Dialler(Protocol):
    """An exchange that connects two who want to talk."""

    def dial(self, wish: Wish, access: Access) -> None:
        """Connect them; raises `Failure`."""


class Line:
    """A telephone among connectors: it carries no words."""

    def listen(self, access: Access, url: str) -> None:
        """The exchange is told the address by whoever administers it."""

    def unpack(self, call: HookCall, access: Access) -> Sequence[Item]:  # noqa: ARG002 the contract
        """Nobody calls here."""
        raise Unsigned

    def poll(self, access: Access, marker: str) -> Poll:  # noqa: ARG002 the contract
        """It calls by itself."""
        return Poll(items=(), marker=marker)

    def send(self, piece: Piece, access: Access) -> str:  # noqa: ARG002 the contract
        """A telephone carries no words."""
        raise refused(Trouble.REJECTED)

    def find(self, piece: Piece, access: Access, *, since: datetime) -> str | None:  # noqa: ARG002 the contract
        """Nothing was sent."""
        return None

    def heed(self, pressed: Pressed, access: Access, *, words: str) -> None:
        """There are no buttons."""

    def link(self, access: Access, token: str) -> str:  # noqa: ARG002 the contract
        """There is no address that carries a token."""
        return ""


def telephone(
    kind: str, title: str | Promise, *settings: Setting, way_in: WayIn = WayIn.WEBHOOK
) -> Manifest:
    """Make the manifest of an exchange."""
    return Manifest(
        kind=kind,
        title=title,
        ways_in=(way_in,),
        brings=frozenset({Media.VOICE}),
        takes=frozenset(),
        longest_text=0,
        longest_caption=0,
        largest_in_bytes=50 * MEGABYTE,
        largest_out_bytes=0,
        pace=Pace(per_second=5, per_second_in_talk=1),
        settings=settings,
        help=_("Calls ring on the screen, are put on tickets and can be begun by a click."),
    )


def number_of(given: object) -> str:
    """Bring the number of a caller to E.164; what is none, such as a hidden one, is empty."""
    digits = str(given or "").strip()
    plain = digits.lstrip("+")
    # Exchanges leave the plus out; 8 is how one dials into the country from within.
    is_whole = plain.isdecimal() and len(plain) > NATIONAL and not plain.startswith("8")
    return e164(f"+{plain}" if is_whole else digits) or ""
