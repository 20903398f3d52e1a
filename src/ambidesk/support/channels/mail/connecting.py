"""Connecting: a mail channel is set up: whose address it is, how it is read, how it sends."""

import re
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel.refusal import InvalidInput
from ambidesk.ground.kernel.sealing import CannotUnseal
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.brands.models import Brand
from ambidesk.parties.people.normalising import normal_email
from ambidesk.parties.staff.models import Team
from ambidesk.support.channels.mail import habits as speaking
from ambidesk.support.channels.mail.account import (
    BrokenAccount,
    ImapAccess,
    MailAccount,
    SmtpAccess,
    account_of,
    secret_of,
    settings_of,
)
from ambidesk.support.channels.mail.acknowledging import check_text
from ambidesk.support.channels.mail.habits import Habits
from ambidesk.support.conversations.connecting import Connection, connect
from ambidesk.support.conversations.models import Channel, ChannelKind

# Source: RFC 1123 2.1; letters of other scripts come in IDNA, numbers may be IPv4 or IPv6.
HOST = re.compile(r"(?=.{1,253}$)[A-Za-z0-9_]([A-Za-z0-9._-]*[A-Za-z0-9])?\.?|[0-9a-fA-F:.]{2,45}")
CONTROLS = re.compile(r"[\x00-\x1f\x7f]")
PORTS = range(1, 65_536)


class NoHost(InvalidInput):
    """What was typed names no server."""

    sentence = _("“%(host)s” is no name of a server. It looks like mail.example.org.")


class NoPort(InvalidInput):
    """The port does not exist."""

    sentence = _("A port is a number from 1 to 65535.")


class PasswordNeeded(InvalidInput):
    """A password is kept for the server it was given for, and for no other."""

    sentence = _("Enter the password: it is kept only while server and user stay the same.")


class ControlSigns(InvalidInput):
    """A name or password holds signs that no keyboard types."""

    sentence = _("This contains characters that cannot be sent. Type it anew.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailbox:
    """What a mail channel is; an empty password means the one that is kept already."""

    brand: Brand
    team: Team | None
    name: str
    address: str
    account: MailAccount
    habits: Habits


def connect_mailbox(
    channel: Channel | None, wanted: Mailbox, *, by: Actor, at: datetime
) -> Channel:
    """
    Set up a mail channel, or change the one given.

    Raises:
        NotAnAddress, NoHost, NoPort, ControlSigns, SendersWords: something is mistyped.
        PasswordNeeded: server or user changed, and the password was not given anew.
        AddressTaken, BrandOutOfUse, TeamServesOtherBrands: see conversations.connecting.
    """
    check_text(wanted.habits.acknowledgement)
    known = _known(channel)
    account = _with_passwords(wanted.account, known)
    # The same secret sealed anew would look like another one.
    is_kept = channel is not None and account == known
    connection = Connection(
        kind=ChannelKind.EMAIL,
        brand=wanted.brand,
        team=wanted.team,
        name=wanted.name,
        address=normal_email(wanted.address),
        settings={**settings_of(account), speaking.KEY: wanted.habits.stored()},
        secret=channel.secret if channel and is_kept else secret_of(account),
    )
    return connect(channel, connection, by=by, at=at)


def _known(channel: Channel | None) -> MailAccount:
    if channel is None:
        return MailAccount()
    try:
        return account_of(channel)
    except (BrokenAccount, CannotUnseal):
        # What cannot be read is replaced by what is entered now.
        return MailAccount()


def _with_passwords(wanted: MailAccount, known: MailAccount) -> MailAccount:
    return MailAccount(
        imap=_imap(wanted.imap, known.imap) if wanted.imap else None,
        smtp=_smtp(wanted.smtp, known.smtp) if wanted.smtp else None,
    )


def _imap(wanted: ImapAccess, known: ImapAccess | None) -> ImapAccess:
    _check(wanted, "imap")
    if CONTROLS.search(wanted.folder):
        raise ControlSigns(field="imap_folder")
    if wanted.password:
        return wanted
    if known and replace(known, password="", folder=wanted.folder) == wanted:
        return replace(wanted, password=known.password)
    raise PasswordNeeded(field="imap_password")


def _smtp(wanted: SmtpAccess, known: SmtpAccess | None) -> SmtpAccess:
    _check(wanted, "smtp")
    if wanted.password or not wanted.user:
        return wanted
    if known and replace(known, password="") == wanted:
        return replace(wanted, password=known.password)
    raise PasswordNeeded(field="smtp_password")


def _check(access: ImapAccess | SmtpAccess, prefix: str) -> None:
    if not HOST.fullmatch(access.host):
        raise NoHost(field=f"{prefix}_host", host=access.host[:80])
    if access.port not in PORTS:
        raise NoPort(field=f"{prefix}_port")
    for name in ("user", "password"):
        if CONTROLS.search(getattr(access, name)):
            raise ControlSigns(field=f"{prefix}_{name}")
