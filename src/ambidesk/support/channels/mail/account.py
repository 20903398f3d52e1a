"""
Mail accounts: how a mail channel reads its mailbox and hands in what it sends.

Hosts and names lie in Channel.settings, the passwords sealed in Channel.secret.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import Any, TypeVar

from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel import parameters
from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.ground.kernel.sealing import seal, unseal
from ambidesk.support.conversations.models import Channel


class BrokenAccount(Refusal):
    """What is stored of the account cannot be understood."""

    sentence = _("The settings of this mailbox cannot be read (%(which)s). Enter them again.")


class Security(StrEnum):
    """How the connection is protected."""

    TLS = "tls"
    STARTTLS = "starttls"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class ImapAccess:
    """A mailbox that is read by IMAP."""

    host: str
    port: int
    security: Security
    user: str
    password: str = field(repr=False)
    folder: str = "INBOX"


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpAccess:
    """A server that takes what we send; without a user it is not signed in to."""

    host: str
    port: int
    security: Security
    user: str
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class MailAccount:
    """
    Both ways of a mail channel.

    Without `imap` mail comes by our own reception, without `smtp` it leaves by the desk's relay.
    """

    imap: ImapAccess | None = None
    smtp: SmtpAccess | None = None


Access = TypeVar("Access", ImapAccess, SmtpAccess)


def account_of(channel: Channel) -> MailAccount:
    """
    Read the account of a mail channel.

    Raises:
        BrokenAccount: its settings are not understood.
        CannotUnseal: its passwords were sealed with another key.
    """
    passwords: Mapping[str, str] = json.loads(unseal(channel.secret) or "{}")
    return MailAccount(
        imap=_access(ImapAccess, channel.settings.get("imap"), passwords.get("imap", "")),
        smtp=_access(SmtpAccess, channel.settings.get("smtp"), passwords.get("smtp", "")),
    )


def settings_of(account: MailAccount) -> dict[str, Any]:
    """The part of an account that lies in Channel.settings: everything but the passwords."""
    return {"imap": _open_part(account.imap), "smtp": _open_part(account.smtp)}


def secret_of(account: MailAccount) -> str:
    """The part of an account that lies in Channel.secret: its passwords, sealed."""
    passwords = {
        "imap": account.imap.password if account.imap else "",
        "smtp": account.smtp.password if account.smtp else "",
    }
    return seal(json.dumps(passwords)) if any(passwords.values()) else ""


def _access(kind: type[Access], given: object, password: str) -> Access | None:
    if not given:
        return None
    if not isinstance(given, Mapping):
        raise BrokenAccount(which=kind.__name__)
    try:
        return parameters.read(kind, {**given, "password": password})
    except parameters.Unfit as unfit:
        raise BrokenAccount(which=str(unfit)) from unfit


def _open_part(access: ImapAccess | SmtpAccess | None) -> dict[str, Any] | None:
    if access is None:
        return None
    names = [each.name for each in fields(access) if each.name != "password"]
    return {name: getattr(access, name) for name in names}
