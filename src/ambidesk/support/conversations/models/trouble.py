"""
Troubles: why a message did not get through or a channel does not work, and what to do about it.

Rows keep the name, screens say the sentence in the reader's language.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Trouble(models.TextChoices):
    """What stood in the way; the last ones concern one recipient, the others the whole channel."""

    NO_RELAY = "no_relay", _("No server is set up to send through. Name one for the channel.")
    UNREADABLE = "unreadable", _("The stored access cannot be read. Enter it again.")
    NAME_NOT_FOUND = "name_not_found", _("There is no server of this name. Check its spelling.")
    NOBODY_LISTENS = (
        "nobody_listens",
        _("The server refuses the connection. Check the port, and that the server runs."),
    )
    UNREACHABLE = (
        "unreachable",
        _("No way leads to the server. Check the network and the firewall."),
    )
    TIMED_OUT = (
        "timed_out",
        _("The server does not answer in time. Check host and port, and the firewall."),
    )
    DROPPED = "dropped", _("The server broke off the connection. It is tried again.")
    OTHER_PROTOCOL = (
        "other_protocol",
        _("Something answers there, but not what belongs there. Check address and port."),
    )
    CERTIFICATE = (
        "certificate",
        _(
            "The server's certificate is not valid for this name. Use the name that stands in the "
            "certificate, or have the server's certificate renewed."
        ),
    )
    NO_ENCRYPTION = (
        "no_encryption",
        _("The server offers no encryption on this port. Choose another port or security."),
    )
    TLS_FAILED = (
        "tls_failed",
        _("No encrypted connection came about. Check that port and security fit together."),
    )
    WRONG_PASSWORD = (
        "wrong_password",
        _(
            "The server refuses the user or the password. Some providers want a password made for "
            "programs."
        ),
    )
    NO_LOGIN = (
        "no_login",
        _("The server takes no sign-in here. Leave the user empty or choose another port."),
    )
    NO_FOLDER = "no_folder", _("The mailbox has no such folder. Check its name.")
    SENDER_REFUSED = (
        "sender_refused",
        _(
            "The server does not let this user send from the channel's address. Allow it there, or "
            "use the access of the address itself."
        ),
    )
    NOT_PUBLIC = (
        "not_public",
        _(
            "The address does not lead into the public internet, and the desk calls no others "
            "unless its configuration names them."
        ),
    )
    TOKEN_REFUSED = (
        "token_refused",
        _("The messenger does not know this token. Enter the one it gave for the bot."),
    )
    HOOK_TAKEN = (
        "hook_taken",
        _(
            "Another program reads the messages of this bot. Have it stop, or use a bot of your "
            "own for the desk."
        ),
    )
    HOOK_FAILS = (
        "hook_fails",
        _(
            "The messenger cannot reach this desk. It needs an address in the public internet with "
            "a valid certificate; without one choose asking instead of being called."
        ),
    )
    BUSY = "busy", _("The server asks to wait. It is tried again.")
    NO_SUCH_RECIPIENT = "no_such_recipient", _("There is no such address. Check its spelling.")
    MAILBOX_FULL = "mailbox_full", _("The recipient's mailbox is full.")
    TOO_LARGE = "too_large", _("The message is too large for the recipient's or our server.")
    REJECTED = "rejected", _("The recipient's or our server rejected the message.")
    NOT_DELIVERABLE = "not_deliverable", _("The recipient's server cannot be reached.")
    LETTERS = (
        "letters",
        _("Our server cannot send to addresses with letters other than Latin ones."),
    )
    NO_ADDRESS = "no_address", _("The recipient has no address any more.")
    NO_CONSENT = "no_consent", _("The recipient did not agree to be written to for this.")
    CANNOT_BE_WRITTEN = (
        "cannot_be_written",
        _("No valid mail can be made of this message or its files."),
    )
    BLOCKED = (
        "blocked",
        _("The person has blocked the bot or never wrote to it. Another way has to be found."),
    )
    WINDOW_CLOSED = (
        "window_closed",
        _("The messenger lets us write for some time after the person's last message only."),
    )
    OTHER = "other", _("The server gave a reason that we do not know.")


# What is wrong with the channel itself: another message would fare no better.
OF_CHANNEL = frozenset(
    {
        Trouble.NO_RELAY,
        Trouble.UNREADABLE,
        Trouble.NAME_NOT_FOUND,
        Trouble.NOBODY_LISTENS,
        Trouble.UNREACHABLE,
        Trouble.TIMED_OUT,
        Trouble.DROPPED,
        Trouble.OTHER_PROTOCOL,
        Trouble.CERTIFICATE,
        Trouble.NO_ENCRYPTION,
        Trouble.TLS_FAILED,
        Trouble.WRONG_PASSWORD,
        Trouble.NO_LOGIN,
        Trouble.NO_FOLDER,
        Trouble.SENDER_REFUSED,
        Trouble.NOT_PUBLIC,
        Trouble.TOKEN_REFUSED,
        Trouble.HOOK_TAKEN,
        Trouble.HOOK_FAILS,
    }
)
