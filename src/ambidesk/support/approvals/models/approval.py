"""Approvals: one thing asked about a ticket, frozen with what the ticket was then."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Left
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ambidesk.ground.kernel.money import Money
from ambidesk.ground.reach.branches import Visible
from ambidesk.parties.companies.models import Company, Site
from ambidesk.parties.people.models import Person
from ambidesk.service.approvals.rules.content import Content
from ambidesk.service.approvals.rules.deciding import Kind, State
from ambidesk.service.assets.models import Asset
from ambidesk.service.catalogue.models import RequestType
from ambidesk.service.sla.models import CalendarVersion, Promise
from ambidesk.support.tickets.models import Ticket

# The column of titles.
LONGEST_TITLE = 250
STANDING = (State.WAITING.value, State.APPROVED.value)


class Ended(models.TextChoices):
    """Why an approval holds no longer."""

    WITHDRAWN = "withdrawn", pgettext_lazy("approval", "withdrawn")
    REPLACED = "replaced", pgettext_lazy("approval", "asked anew with another content")
    CHANGED = "changed", pgettext_lazy("approval", "the ticket is another one now")
    OVER = "over", pgettext_lazy("approval", "the ticket is closed")


def _same(name: str) -> Q:
    there = Q(**{name: F(f"ticket__{name}")})
    return there | Q(**{f"{name}__isnull": True, f"ticket__{name}__isnull": True})


class ApprovalQuerySet(Visible["Approval"]):
    """Approvals, seen by those who see the ticket, and by the contacts who are asked."""

    def waiting(self) -> "ApprovalQuerySet":
        """Those that wait for an answer."""
        return self.filter(state=State.WAITING)

    def unchanged(self) -> "ApprovalQuerySet":
        """Those whose ticket is still what it was when it was asked about."""
        # A title is as long as its column.
        named = ~Q(kind=Kind.REQUEST) | Q(title=Left("ticket__subject", LONGEST_TITLE))
        same = [_same(name) for name in ("company", "site", "requester", "asset", "request_type")]
        return self.filter(named, *same)

    def given(self) -> "ApprovalQuerySet":
        """Those that are approved and hold now."""
        return self.filter(state=State.APPROVED).unchanged()


class Approval(models.Model):
    """
    A question to a company; `content` is the digest of what is shown to whoever approves.

    `company` to `request_type` are those of the ticket when it was asked. An amount is in the
    smallest coin. What was asked instead of another one `replaces` it.
    """

    ticket = models.ForeignKey(Ticket, on_delete=models.PROTECT, related_name="approvals")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, related_name="+")
    requester = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asset = models.ForeignKey(Asset, on_delete=models.PROTECT, null=True, related_name="+")
    request_type = models.ForeignKey(
        RequestType, on_delete=models.PROTECT, null=True, related_name="+"
    )
    title = models.CharField(_("What"), max_length=250)
    words = models.TextField(_("Details"), blank=True, max_length=4000)
    amount_minor = models.PositiveBigIntegerField(null=True)
    currency = models.CharField(max_length=3, blank=True)
    content = models.CharField(max_length=64)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    asked_at = models.DateTimeField()
    patience = models.DurationField()
    calendar = models.ForeignKey(
        CalendarVersion, on_delete=models.PROTECT, null=True, related_name="+"
    )
    promise = models.OneToOneField(Promise, on_delete=models.PROTECT, related_name="approval")
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="replaced_by"
    )
    ended_at = models.DateTimeField(null=True)
    ended_for = models.CharField(max_length=9, choices=Ended.choices, blank=True)
    # Everybody who may was asked, or nobody may any more, and there is no answer.
    unheard_at = models.DateTimeField(null=True)

    objects = ApprovalQuerySet.as_manager()

    class Meta:
        """One of a kind stands on a ticket; a cost has an amount; what is void says why."""

        ordering = ["-pk"]
        indexes = [models.Index(fields=["ticket", "-id"], name="approvals_of_ticket")]
        constraints = [
            models.UniqueConstraint(
                fields=["ticket", "kind"],
                condition=Q(state__in=STANDING),
                name="one_approval_of_a_kind",
            ),
            models.CheckConstraint(
                condition=Q(kind=Kind.COST, amount_minor__gt=0) & ~Q(currency="")
                | ~Q(kind=Kind.COST) & Q(amount_minor=None, currency=""),
                name="cost_has_an_amount",
            ),
            models.CheckConstraint(
                condition=Q(state=State.VOID) & ~Q(ended_for="") & Q(ended_at__isnull=False)
                | ~Q(state=State.VOID) & Q(ended_for="", ended_at=None),
                name="void_says_why",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=Kind.values, state__in=State.values),
                name="approval_is_a_kind",
            ),
        ]

    @property
    def amount(self) -> Money | None:
        """What it costs."""
        if self.amount_minor is None:
            return None
        return Money.of_minor(self.amount_minor, self.currency)

    @property
    def frozen(self) -> Content:
        """What is shown to whoever approves."""
        return Content(
            kind=Kind(self.kind),
            title=self.title,
            words=self.words,
            amount_minor=self.amount_minor,
            currency=self.currency,
            company=self.company_id,
            site=self.site_id,
            requester=self.requester_id,
            asset=self.asset_id,
            request_type=self.request_type_id,
        )
