"""Addressing: the reply address of a token, and what a recipient's address means to the desk."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from ambidesk.parties.people.normalising import NotAnAddress, normal_email
from ambidesk.support.conversations.models import Channel

# Source: RFC 5321 4.5.3.1.1.
LOCAL_PART_LETTERS: Final = 64
_TOKEN: Final = re.compile(r"[a-z2-7]{32}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressed:
    """A channel that an address belongs to, and the token in it, "" where there is none."""

    channel: Channel
    token: str = ""


def reply_address(channel: Channel, token: str) -> str:
    """
    Give the address that answers to the token's mail go to: local+token@domain.

    An address that leaves no room for the token stays plain; own Message-IDs still thread.
    """
    local, at, domain = channel.address.rpartition("@")
    if not token or len(local) + 1 + len(token) > LOCAL_PART_LETTERS:
        return channel.address
    return f"{local}+{token}{at}{domain}"


class Directory:
    """The addresses of a set of channels, looked up in any spelling, with or without a token."""

    def __init__(self, channels: Iterable[Channel]) -> None:
        self._channels: Mapping[str, Channel] = {
            address: channel for channel in channels if (address := _normal(channel.address))
        }

    def __len__(self) -> int:
        return len(self._channels)

    def find(self, address: str) -> Addressed | None:
        """Say which channel and token an address means; None when it is none of ours."""
        address = _normal(address)
        if channel := self._channels.get(address):
            return Addressed(channel=channel)
        plain, token = _without_token(address)
        channel = self._channels.get(plain) if token else None
        return Addressed(channel=channel, token=token) if channel else None


def _without_token(address: str) -> tuple[str, str]:
    local, at, domain = address.rpartition("@")
    plain, _plus, token = local.rpartition("+")
    return (plain + at + domain, token) if _TOKEN.fullmatch(token) else (address, "")


def _normal(address: str) -> str:
    try:
        return normal_email(address)
    except NotAnAddress:
        return ""
