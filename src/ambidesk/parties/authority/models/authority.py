"""
Authorities: what one contact may within one scope of their company, from an instant to another.

What ended is kept: who was allowed what, and when, is asked years later.
"""

from collections.abc import Iterable
from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import connection, models
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel.days import day_of
from ambidesk.ground.kernel.money import Money
from ambidesk.ground.kernel.period import Period
from ambidesk.parties.authority.rules.power import Mandate, Power, Topic
from ambidesk.parties.authority.rules.scope import Scope, ScopeKind
from ambidesk.parties.companies.models import Company, Contact, Department, Site, Territory

# Departments name the one above them; trees are small, and an authority over one is seldom.
BELOW = """
    WITH RECURSIVE held AS (
        SELECT id FROM companies_department WHERE id = ANY(%s)
         UNION SELECT part.id FROM companies_department part JOIN held ON part.parent_id = held.id
    )
    SELECT id FROM held
"""


def departments_below(tops: Iterable[int]) -> frozenset[int]:
    """The ids of departments and of all below them."""
    with connection.cursor() as cursor:
        cursor.execute(BELOW, [sorted(tops)])
        return frozenset(number for (number,) in cursor.fetchall())


class AuthorityQuerySet(models.QuerySet["Authority"]):
    """Authorities."""

    def standing(self, at: datetime) -> "AuthorityQuerySet":
        """Those that hold at the instant, of contacts who are ones then."""
        ends = models.Q(until=None) | models.Q(until__gt=at)
        day = day_of(at)
        stays = models.Q(contact__until_on=None) | models.Q(contact__until_on__gt=day)
        return self.filter(ends, stays, since__lte=at, contact__since_on__lte=day)

    def with_scope(self) -> "AuthorityQuerySet":
        """With what `mandate` reads."""
        return self.select_related("contact").prefetch_related("sites__territory", "territories")


class Authority(models.Model):
    """
    One authority; `company` is that of the contact, which the database asks for first.

    A limit that is None is no limit.
    """

    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="authorities")
    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="+")
    scope = models.CharField(_("Scope"), max_length=11, choices=ScopeKind.choices)
    sites = models.ManyToManyField(Site, related_name="+", blank=True)
    territories = models.ManyToManyField(Territory, related_name="+", blank=True)
    department = models.ForeignKey(
        Department, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    powers = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    told = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    approves_to = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    buys_to = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3, default="RUB")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)

    objects = AuthorityQuerySet.as_manager()

    class Meta:
        """A scope has what it needs, and a period is not empty."""

        indexes = [models.Index(fields=["company", "scope"], name="authority_of_company")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(until__gt=models.F("since")),
                name="authority_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=models.Q(scope="department", department__isnull=False)
                | ~models.Q(scope="department") & models.Q(department=None),
                name="authority_over_a_department_names_it",
            ),
            models.CheckConstraint(
                condition=models.Q(approves_to=None) | models.Q(approves_to__gte=0),
                name="authority_approves_no_less_than_nothing",
            ),
            models.CheckConstraint(
                condition=models.Q(buys_to=None) | models.Q(buys_to__gte=0),
                name="authority_buys_no_less_than_nothing",
            ),
        ]

    @property
    def mandate(self) -> Mandate:
        """The authority as the arithmetic sees it; sites and territories are read with it."""
        return Mandate(
            contact=self.contact_id,
            scope=Scope(
                kind=ScopeKind(self.scope),
                company=self.company_id,
                person=self.contact.person_id,
                sites=frozenset(site.pk for site in self.sites.all()),
                territories=frozenset(each.path for each in self.territories.all()),
                departments=self.departments,
            ),
            powers=frozenset(map(Power, self.powers)),
            told=frozenset(map(Topic, self.told)),
            approves_to=self._money(self.approves_to),
            buys_to=self._money(self.buys_to),
            period=Period(self.since, self.until),
        )

    @property
    def departments(self) -> frozenset[int]:
        """The ids of its department and of all below that one."""
        return departments_below([self.department_id]) if self.department_id else frozenset()

    def _money(self, amount: object) -> Money | None:
        return None if amount is None else Money(amount, self.currency)  # type: ignore[arg-type]
