"""The relay of a channel: the access of its account, else the desk's own of AMBIDESK_SMTP_RELAY."""

from dataclasses import dataclass, field
from enum import StrEnum
from urllib.parse import unquote, urlsplit

from django.conf import settings

from ambidesk.ground.kernel.sealing import CannotUnseal
from ambidesk.support.channels.contract.failure import Failure
from ambidesk.support.channels.mail.account import (
    BrokenAccount,
    Security,
    SmtpAccess,
    account_of,
)
from ambidesk.support.conversations.models import Channel, Trouble


class Encryption(StrEnum):
    """When the connection to a relay is encrypted."""

    AT_ONCE = "at_once"
    AFTER_GREETING = "after_greeting"
    WHERE_OFFERED = "where_offered"
    NEVER = "never"


@dataclass(frozen=True, slots=True, kw_only=True)
class Relay:
    """A server that takes mail from us; without a user it is not signed in to."""

    host: str
    port: int
    encryption: Encryption
    user: str = ""
    password: str = field(default="", repr=False)


BY_SECURITY = {
    Security.TLS: Encryption.AT_ONCE,
    Security.STARTTLS: Encryption.AFTER_GREETING,
    Security.NONE: Encryption.NEVER,
}
BY_SCHEME = {"smtp": (587, Encryption.WHERE_OFFERED), "smtps": (465, Encryption.AT_ONCE)}


def relay_of(channel: Channel) -> Relay:
    """
    Find the relay of a channel.

    Raises:
        Failure: there is none, or its access cannot be read.
    """
    try:
        access = account_of(channel).smtp
    except (BrokenAccount, CannotUnseal) as unreadable:
        raise Failure(Trouble.UNREADABLE) from unreadable
    if access:
        return relay_with(access)
    if not settings.SMTP_RELAY:
        raise Failure(Trouble.NO_RELAY)
    return relay_at(settings.SMTP_RELAY)


def relay_with(access: SmtpAccess) -> Relay:
    """The relay that an account gives access to."""
    return Relay(
        host=access.host,
        port=access.port,
        encryption=BY_SECURITY[access.security],
        user=access.user,
        password=access.password,
    )


def relay_at(url: str) -> Relay:
    """
    The relay of an address such as smtp://user:password@host:port or smtps://host.

    Raises:
        Failure: it is no such address.
    """
    parts = urlsplit(url)
    try:
        usual, encryption = BY_SCHEME[parts.scheme]
        port = parts.port or usual
    except (KeyError, ValueError) as unknown:
        raise Failure(Trouble.NO_RELAY) from unknown
    if not parts.hostname:
        raise Failure(Trouble.NO_RELAY)
    return Relay(
        host=parts.hostname,
        port=port,
        encryption=encryption,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
    )
