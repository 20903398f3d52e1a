"""Channels: one configured way in and out each. Secrets lie encrypted, health is the truth."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ambidesk.parties.brands.models import Brand
from ambidesk.parties.staff.models import Team


class ChannelKind(models.TextChoices):
    """The kinds of channels that the product itself knows; connectors bring more."""

    EMAIL = "email", _("E-mail")
    HAND = "hand", _("By hand")
    WIDGET = "widget", _("Chat widget")
    FORM = "form", _("Web form")
    PORTAL = "portal", _("Client portal")


class ChannelHealth(models.TextChoices):
    """What the last try said."""

    UNKNOWN = "unknown", _("Not tried yet")
    WORKING = "working", _("Working")
    FAILING = "failing", _("Failing")


class Channel(models.Model):
    """
    A mailbox, a bot, a widget: settings are parsed into a frozen type by their connector.

    `health` is the worst of its reports.
    """

    kind = models.CharField(max_length=20)
    brand = models.ForeignKey(Brand, on_delete=models.PROTECT, related_name="channels")
    team = models.ForeignKey(
        Team, on_delete=models.PROTECT, null=True, blank=True, related_name="channels"
    )
    name = models.CharField(_("Name"), max_length=80)
    address = models.CharField(_("Address"), max_length=320, blank=True)
    settings = models.JSONField(default=dict, blank=True)
    secret = models.TextField(blank=True)
    enabled = models.BooleanField(_("In use"), default=True)
    health = models.CharField(
        max_length=10, choices=ChannelHealth.choices, default=ChannelHealth.UNKNOWN
    )

    class Meta:
        """An address belongs to one channel of a kind."""

        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "address"],
                condition=~models.Q(address=""),
                name="channel_address_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def domain(self) -> str:
        """The domain that mails of this channel speak for."""
        return self.address.rpartition("@")[2] or "ambidesk.invalid"


class Way(models.TextChoices):
    """The two ways of a channel, each of which works or fails by itself."""

    IN = "in", _("Receiving")
    OUT = "out", _("Sending")


class ChannelReport(models.Model):
    """What the last try of one way of a channel said; `detail` is what the server said."""

    channel = models.ForeignKey(
        Channel, on_delete=models.CASCADE, related_name="reports", db_index=False
    )
    way = models.CharField(max_length=3, choices=Way.choices)
    health = models.CharField(max_length=10, choices=ChannelHealth.choices)
    trouble = models.CharField(max_length=20, blank=True)
    detail = models.TextField(blank=True)
    since = models.DateTimeField()
    at = models.DateTimeField()

    class Meta:
        """One report a way; who fails says why."""

        constraints = [
            models.UniqueConstraint(fields=["channel", "way"], name="channel_report_once"),
            models.CheckConstraint(
                condition=~models.Q(health="failing") | ~models.Q(trouble=""),
                name="failing_channel_says_why",
            ),
        ]
