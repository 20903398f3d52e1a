"""
Tickets: one request each, from its first message to its closing.

What lists filter, sort or count by is a column here, set in the verb that changes it.
"""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.reach.branches import Visible
from ambidesk.parties.brands.models import Brand
from ambidesk.parties.companies.models import Company, Site
from ambidesk.parties.people.models import Identity, Person
from ambidesk.parties.staff.models import Member, Team
from ambidesk.service.assets.models import Asset
from ambidesk.service.catalogue.models import Category, RequestType
from ambidesk.service.contracts.models import Coverage
from ambidesk.service.sla.models import Promise
from ambidesk.service.workflow.models import Run
from ambidesk.support.conversations.models import Channel
from ambidesk.support.tickets.rules.states import ACTIVE, ENDED, Priority, State, WaitingFor
from ambidesk.support.tickets.rules.suspension import SuspendedFor

ACTIVE_ROWS = models.Q(state__in=[state.value for state in ACTIVE])


class TicketQuerySet(Visible["Ticket"]):
    """Tickets; order of lists is last word first, the number breaking ties."""

    def active(self) -> "TicketQuerySet":
        """Those that are neither solved nor closed."""
        return self.filter(ACTIVE_ROWS)

    def awake(self, at: datetime) -> "TicketQuerySet":
        """Those that are not snoozed beyond the instant."""
        return self.exclude(snoozed_until__gt=at)

    def latest_first(self) -> "TicketQuerySet":
        """In the order of lists."""
        return self.order_by("-last_at", "-pk")


class Ticket(models.Model):
    """One request."""

    brand = models.ForeignKey(
        Brand, on_delete=models.PROTECT, related_name="tickets", db_index=False
    )
    channel = models.ForeignKey(
        Channel, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    request_type = models.ForeignKey(
        RequestType, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    category = models.ForeignKey(
        Category, on_delete=models.PROTECT, null=True, blank=True, related_name="tickets"
    )
    subject = models.CharField(_("Subject"), max_length=300, blank=True)
    preview = models.CharField(max_length=200, blank=True)
    requester = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="tickets", db_index=False
    )
    requester_identity = models.ForeignKey(
        Identity, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    # Chosen for each ticket, since one person may speak for several companies or for none.
    company = models.ForeignKey(
        Company, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    site = models.ForeignKey(
        Site, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    # Of the ticket's company: the database holds it.
    asset = models.ForeignKey(
        Asset,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="tickets",
        db_index=False,
    )
    team = models.ForeignKey(
        Team, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    assignee = models.ForeignKey(
        Member, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    state = models.CharField(max_length=18, choices=State.choices, default=State.NEW)
    waiting_for = models.CharField(max_length=10, choices=WaitingFor.choices, default=WaitingFor.US)
    priority = models.PositiveSmallIntegerField(
        _("Priority"), choices=Priority.choices, default=Priority.NORMAL
    )
    unread = models.BooleanField(default=True)
    suspended = models.BooleanField(default=False)
    suspended_for = models.CharField(max_length=20, choices=SuspendedFor.choices, blank=True)
    opened_at = models.DateTimeField()
    last_at = models.DateTimeField()
    last_inbound_at = models.DateTimeField(null=True)
    first_answered_at = models.DateTimeField(null=True)
    waiting_since = models.DateTimeField(null=True)
    snoozed_until = models.DateTimeField(null=True)
    solved_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    line = models.PositiveSmallIntegerField(_("Line"), default=1)
    returned_times = models.PositiveSmallIntegerField(default=0)
    reopened_times = models.PositiveSmallIntegerField(default=0)
    # What is promised about it, and which instant of that comes first: see support.promises.
    promise = models.OneToOneField(
        Promise, on_delete=models.PROTECT, null=True, related_name="ticket"
    )
    due_at = models.DateTimeField(null=True)
    # Where it is in its process, if it goes by one: see support.stages.
    run = models.OneToOneField(Run, on_delete=models.PROTECT, null=True, related_name="ticket")
    # What it is by the contracts of its company: see support.coverage.
    coverage = models.OneToOneField(
        Coverage, on_delete=models.PROTECT, null=True, related_name="ticket"
    )
    merged_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="merged_from"
    )

    objects = TicketQuerySet.as_manager()

    class Meta:
        """Open tickets have partial indexes: what is done must not slow what is to do."""

        indexes = [
            models.Index(fields=["-last_at", "-id"], name="ticket_latest"),
            models.Index(fields=["-last_at", "-id"], condition=ACTIVE_ROWS, name="ticket_active"),
            models.Index(
                fields=["assignee", "-last_at", "-id"], condition=ACTIVE_ROWS, name="ticket_mine"
            ),
            models.Index(
                fields=["team", "-last_at", "-id"], condition=ACTIVE_ROWS, name="ticket_team"
            ),
            # All views are counted in one pass over the open tickets, which this index holds whole.
            models.Index(
                fields=["brand", "-last_at", "-id"],
                include=["assignee", "team", "waiting_for", "suspended", "snoozed_until"],
                condition=ACTIVE_ROWS,
                name="ticket_open",
            ),
            models.Index(fields=["brand", "-last_at", "-id"], name="ticket_brand_latest"),
            # NULL is no value that a longer index could be entered by in the order of lists.
            models.Index(
                fields=["-last_at", "-id"],
                condition=ACTIVE_ROWS & models.Q(assignee=None),
                name="ticket_unassigned",
            ),
            models.Index(
                fields=["-last_at", "-id"],
                condition=models.Q(waiting_for=WaitingFor.REQUESTER),
                name="ticket_waiting",
            ),
            models.Index(
                fields=["-last_at", "-id"],
                condition=models.Q(suspended=True),
                name="ticket_suspended",
            ),
            models.Index(
                fields=["-last_at", "-id"],
                condition=models.Q(snoozed_until__isnull=False),
                name="ticket_asleep",
            ),
            models.Index(
                fields=["snoozed_until"],
                condition=models.Q(snoozed_until__isnull=False),
                name="ticket_snoozed",
            ),
            models.Index(fields=["requester", "-last_at"], name="ticket_of_person"),
            models.Index(
                fields=["company", "-last_at", "-id"],
                condition=models.Q(company__isnull=False),
                name="ticket_of_company",
            ),
            models.Index(
                fields=["site", "-last_at", "-id"],
                condition=models.Q(site__isnull=False),
                name="ticket_of_site",
            ),
            models.Index(
                fields=["asset", "-last_at", "-id"],
                condition=models.Q(asset__isnull=False),
                name="ticket_of_asset",
            ),
            # Whose turn has lasted how long: asked by rules that wait, never of what is closed.
            models.Index(
                fields=["waiting_since"],
                condition=~models.Q(state="closed"),
                name="ticket_turn",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(site=None) | models.Q(company__isnull=False),
                name="ticket_site_with_company",
            ),
            models.CheckConstraint(
                condition=models.Q(asset=None) | models.Q(company__isnull=False),
                name="ticket_asset_with_company",
            ),
            models.CheckConstraint(
                condition=models.Q(closed_at__isnull=False) | ~models.Q(state="closed"),
                name="closed_ticket_says_when",
            ),
            models.CheckConstraint(
                condition=models.Q(merged_into=None) | models.Q(state="closed"),
                name="merged_ticket_is_closed",
            ),
            models.CheckConstraint(
                condition=~models.Q(merged_into=models.F("pk")),
                name="ticket_not_merged_into_itself",
            ),
            models.CheckConstraint(
                condition=models.Q(suspended=True) | models.Q(suspended_for=""),
                name="only_suspended_ticket_says_why",
            ),
        ]

    @property
    def number(self) -> int:
        """The number that people say."""
        return self.pk

    @property
    def is_ended(self) -> bool:
        """Solved or closed."""
        return self.state in ENDED
