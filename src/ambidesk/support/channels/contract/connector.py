"""Connectors: what a kind of channel does for the product; stateless, asked from many threads."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from ambidesk.support.channels.contract.inbound import Event, FileRef, HookCall, Item, Poll, Pressed
from ambidesk.support.channels.contract.manifest import Manifest
from ambidesk.support.channels.contract.outbound import Fetched, Piece


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """One configured channel as its connector sees it: the manifest's settings, filled in."""

    channel_id: int
    address: str
    values: Mapping[str, str] = field(repr=False)
    # Random, made by the product: the messenger shows it with each webhook call.
    hook_secret: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """Who the channel is on the other side: its unique address, and its name."""

    address: str
    name: str


class Connector(Protocol):
    """One kind of channel; every method may raise `Failure`, and takes its time limits itself."""

    @property
    def manifest(self) -> Manifest:
        """What it can do and needs."""

    def probe(self, access: Access) -> Profile:
        """Ask the other side who we are: the proof that the access works."""

    def listen(self, access: Access, url: str) -> None:
        """Have webhooks come to the address, with `hook_secret`; "" ends them, for polling."""

    def unpack(self, call: HookCall, access: Access) -> Sequence[Item]:
        """
        Check a webhook call, and split it into raw items.

        Raises:
            Unsigned: it does not carry the secret.
            Unreadable: it cannot be split.
        """

    def poll(self, access: Access, marker: str) -> Poll:
        """Ask for what came since the marker, "" for the beginning; may wait for some seconds."""

    def read(self, raw: bytes) -> Event:
        """
        Read one raw item; pure, so that it can be read again later.

        Raises:
            Unreadable: it cannot be understood.
        """

    def fetch(self, file: FileRef, access: Access) -> Fetched:
        """Fetch a file that somebody sent."""

    def send(self, piece: Piece, access: Access) -> str:
        """Send one piece; return what the other side knows it by."""

    def find(self, piece: Piece, access: Access, *, since: datetime) -> str | None:
        """
        Say by what name a piece, begun at `since`, arrived; None when it did not, or none can say.

        Where it cannot be asked, such a piece is sent again.
        """

    def heed(self, pressed: Pressed, access: Access, *, words: str) -> None:
        """
        Tell the other side that a press of a button was seen; need not do anything.

        With words, they stand in place of the message and its buttons from now on.
        """

    def link(self, access: Access, token: str) -> str:
        """Give the address by which somebody starts a talk and brings the token; "" for none."""
