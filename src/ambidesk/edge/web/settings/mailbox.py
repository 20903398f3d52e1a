"""The form of a mailbox: whose it is, how it is read, how it sends, how it speaks."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from ambidesk.edge.web.settings.sections import Words
from ambidesk.ground.kernel.sealing import CannotUnseal
from ambidesk.parties.brands.models import Brand
from ambidesk.parties.staff.models import Team
from ambidesk.support.channels.mail.account import (
    BrokenAccount,
    ImapAccess,
    MailAccount,
    Security,
    SmtpAccess,
    account_of,
)
from ambidesk.support.channels.mail.acknowledging import LONGEST, VARIABLES
from ambidesk.support.channels.mail.connecting import Mailbox
from ambidesk.support.channels.mail.habits import Habits, SpeaksAs, habits_of
from ambidesk.support.conversations.models import Channel

SECURITIES = [
    (Security.TLS, _("TLS from the start")),
    (Security.STARTTLS, _("STARTTLS")),
    (Security.NONE, _("None")),
]
SPEAKS_AS = [
    (SpeaksAs.BRAND, _("The brand")),
    (SpeaksAs.OPERATOR, _("The operator, with the brand beside it")),
]
NAMES = " ".join(f"{{{{{name}}}}}" for name in VARIABLES)
KEPT = _("Kept. Enter another one to change it.")


def _password() -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": "new-password"})
    return forms.CharField(
        label=_("Password"), max_length=500, required=False, strip=False, widget=widget
    )


def _host(example: str) -> forms.CharField:
    attrs = {"autocomplete": "off", "spellcheck": "false", "placeholder": example}
    return forms.CharField(
        label=_("Server"), max_length=253, required=False, widget=forms.TextInput(attrs=attrs)
    )


class MailboxForm(forms.Form):
    """One mailbox; servers left empty are those of the desk itself."""

    address = forms.CharField(
        label=_("Address"),
        max_length=320,
        widget=forms.EmailInput(attrs={"autocomplete": "off", "placeholder": "help@example.org"}),
        help_text=_("Customers write to it, and answers come from it."),
    )
    name = forms.CharField(
        label=_("Name"),
        max_length=80,
        required=False,
        help_text=_("For the staff. Without one it is called by its address."),
    )
    brand = forms.ModelChoiceField(Brand.objects.filter(archived_at=None), label=_("Brand"))
    team = forms.ModelChoiceField(
        Team.objects.filter(archived_at=None),
        label=_("Team"),
        required=False,
        empty_label=_("No team"),
        help_text=_("New tickets wait in its queue."),
    )
    imap_host = _host("imap.example.org")
    imap_port = forms.IntegerField(label=_("Port"), initial=993, required=False)
    imap_security = forms.ChoiceField(label=_("Encryption"), choices=SECURITIES)
    imap_user = forms.CharField(label=_("User"), max_length=320, required=False)
    imap_password = _password()
    imap_folder = forms.CharField(
        label=_("Folder"), max_length=200, initial="INBOX", required=False
    )
    smtp_host = _host("smtp.example.org")
    smtp_port = forms.IntegerField(label=_("Port"), initial=587, required=False)
    smtp_security = forms.ChoiceField(
        label=_("Encryption"), choices=SECURITIES, initial=Security.STARTTLS
    )
    smtp_user = forms.CharField(label=_("User"), max_length=320, required=False)
    smtp_password = _password()
    speaks_as = forms.ChoiceField(
        label=_("Name of the sender"), choices=SPEAKS_AS, widget=forms.RadioSelect
    )
    tokens = forms.BooleanField(
        label=_("Mail to address+anything reaches this mailbox"),
        required=False,
        initial=True,
        help_text=_(
            "Then each answer carries a reply address that proves which ticket it is about. Most "
            "mail servers can do it."
        ),
    )
    per_minute = forms.IntegerField(
        label=_("At most so many mails a minute"),
        min_value=0,
        max_value=10_000,
        initial=0,
        help_text=_("0 is no limit. Some providers close accounts that send faster."),
    )
    acknowledgement = forms.CharField(
        label=_("Acknowledgement of a new ticket"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=LONGEST,
        required=False,
        help_text=format_lazy(
            "{} {}",
            _("Sent once to verified senders; left empty, nothing is sent. These are filled in:"),
            NAMES,
        ),
    )

    groups: ClassVar[tuple[tuple[str, Words, Words, tuple[str, ...]], ...]] = (
        ("", "", "", ("address", "name", "brand", "team")),
        (
            "access",
            _("Receiving by IMAP"),
            _("Leave the server empty where mail is delivered to this desk itself by SMTP."),
            tuple(f"imap_{name}" for name in "host port security user password folder".split()),
        ),
        (
            "access",
            _("Sending by SMTP"),
            _("Leave the server empty to send by the relay of the whole desk."),
            tuple(f"smtp_{name}" for name in "host port security user password".split()),
        ),
        (
            "",
            _("Manners"),
            "",
            ("speaks_as", "tokens", "per_minute", "acknowledgement"),
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("imap_password", "smtp_password"):
            if self.initial.get(f"{name}_kept"):
                self.fields[name].widget.attrs["placeholder"] = KEPT


def known(channel: Channel) -> dict[str, Any]:
    """What the form shows of a channel: everything but its passwords."""
    values: dict[str, Any] = {
        "address": channel.address,
        "name": channel.name if channel.name != channel.address else "",
        "brand": channel.brand_id,
        "team": channel.team_id,
    }
    try:
        account, habits = account_of(channel), habits_of(channel)
    except (BrokenAccount, CannotUnseal):
        return values
    for prefix, access in (("imap", account.imap), ("smtp", account.smtp)):
        if access:
            shown = ("host", "port", "security", "user")
            values |= {f"{prefix}_{name}": getattr(access, name) for name in shown}
            values[f"{prefix}_password_kept"] = bool(access.password)
    if account.imap:
        values["imap_folder"] = account.imap.folder
    return values | habits.stored()


def mailbox_in(values: Mapping[str, Any]) -> Mailbox:
    """Read the mailbox out of a valid form."""
    return Mailbox(
        brand=values["brand"],
        team=values["team"],
        name=values["name"],
        address=values["address"],
        account=MailAccount(imap=_imap(values), smtp=_smtp(values)),
        habits=Habits(
            speaks_as=SpeaksAs(values["speaks_as"]),
            tokens=values["tokens"],
            per_minute=values["per_minute"],
            acknowledgement=values["acknowledgement"],
        ),
    )


def _imap(values: Mapping[str, Any]) -> ImapAccess | None:
    if not values["imap_host"]:
        return None
    return ImapAccess(
        host=values["imap_host"],
        port=values["imap_port"] or 993,
        security=Security(values["imap_security"]),
        user=values["imap_user"] or values["address"],
        password=values["imap_password"],
        folder=values["imap_folder"] or "INBOX",
    )


def _smtp(values: Mapping[str, Any]) -> SmtpAccess | None:
    if not values["smtp_host"]:
        return None
    return SmtpAccess(
        host=values["smtp_host"],
        port=values["smtp_port"] or 587,
        security=Security(values["smtp_security"]),
        user=values["smtp_user"],
        password=values["smtp_password"],
    )
