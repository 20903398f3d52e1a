"""Incidents: a mass fault and the tickets it gathers."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.reach.branches import Visible
from ambidesk.parties.brands.models import Brand
from ambidesk.support.tickets.models import Ticket


class IncidentState(models.TextChoices):
    """How an incident goes."""

    PROPOSED = "proposed", _("Proposed")
    OPEN = "open", _("Open")
    DISMISSED = "dismissed", _("Dismissed")
    CLOSED = "closed", _("Closed")


class IncidentQuerySet(Visible["Incident"]):
    """Incidents."""

    def alive(self) -> "IncidentQuerySet":
        """Those that still gather tickets."""
        return self.filter(state__in=[IncidentState.PROPOSED, IncidentState.OPEN])


class Incident(models.Model):
    """
    A mass fault of one brand.

    `noticed` alike tickets within `seconds` made it known; nobody noticed where it is made by hand.
    """

    brand = models.ForeignKey(Brand, on_delete=models.PROTECT, related_name="incidents")
    state = models.CharField(max_length=9, choices=IncidentState.choices)
    title = models.CharField(_("Title"), max_length=200)
    noticed = models.PositiveIntegerField(default=0)
    seconds = models.PositiveIntegerField(default=0)
    began_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    banner_ru = models.CharField(_("Banner in Russian"), max_length=300, blank=True)
    banner_en = models.CharField(_("Banner in English"), max_length=300, blank=True)
    banner_since = models.DateTimeField(null=True)

    objects = IncidentQuerySet.as_manager()

    class Meta:
        """What is alive is few; the rest is history."""

        indexes = [
            models.Index(
                fields=["brand"],
                condition=models.Q(state__in=["proposed", "open"]),
                name="incident_alive",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(banner_ru="", banner_en="", banner_since=None)
                | (~models.Q(banner_ru="", banner_en="") & models.Q(banner_since__isnull=False)),
                name="incident_banner_says_since_when",
            ),
            models.CheckConstraint(
                condition=models.Q(closed_at__isnull=False) | ~models.Q(state="closed"),
                name="closed_incident_says_when",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def has_banner(self) -> bool:
        """Visitors are told of it."""
        return bool(self.banner_ru or self.banner_en)

    @property
    def is_alive(self) -> bool:
        """It still gathers tickets."""
        return self.state in {IncidentState.PROPOSED, IncidentState.OPEN}


class Joining(models.Model):
    """A ticket belongs to an incident until it leaves."""

    incident = models.ForeignKey(
        Incident, on_delete=models.CASCADE, related_name="joinings", db_index=False
    )
    ticket = models.ForeignKey(
        Ticket, on_delete=models.CASCADE, related_name="joinings", db_index=False
    )
    by_hand = models.BooleanField()
    at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)

    class Meta:
        """A ticket is in one incident at a time."""

        indexes = [models.Index(fields=["incident", "ticket"], name="joining_of_incident")]
        constraints = [
            models.UniqueConstraint(
                fields=["ticket"],
                condition=models.Q(left_at=None),
                name="ticket_in_one_incident",
            ),
        ]
