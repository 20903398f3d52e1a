"""Sites: places of a company, with an address, a point and a time zone."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.reach.branches import Visible
from ambidesk.parties.companies.models.company import Company
from ambidesk.parties.companies.models.territory import Territory


class SiteQuerySet(Visible["Site"]):
    """Sites."""

    def served(self) -> "SiteQuerySet":
        """Those that were not archived."""
        return self.filter(archived_at=None)

    def below(self, territory: Territory) -> "SiteQuerySet":
        """Those of an area and of all areas below it."""
        inside = Territory.objects.filter(company=territory.company_id, path__within=territory.path)
        return self.filter(territory__in=inside)


class Site(models.Model):
    """A place of a company; `code` is the company's own number, the point WGS 84."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="sites")
    territory = models.ForeignKey(
        Territory, on_delete=models.PROTECT, null=True, blank=True, related_name="sites"
    )
    name = models.CharField(_("Name"), max_length=200)
    code = models.CharField(_("Code"), max_length=40, blank=True)
    address = models.CharField(_("Address"), max_length=300, blank=True)
    latitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True, blank=True)
    zone = models.CharField(_("Time zone"), max_length=60, blank=True)
    # What is said in fields of the installation's own, by their ids.
    custom = models.JSONField(default=dict, db_default={})
    archived_at = models.DateTimeField(null=True, blank=True)

    objects = SiteQuerySet.as_manager()

    class Meta:
        """One site a code within the company; a point is whole and on the globe."""

        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["company", "code"], condition=~models.Q(code=""), name="site_code_once"
            ),
            models.UniqueConstraint(fields=["id", "company"], name="site_of_company"),
            models.CheckConstraint(
                condition=models.Q(latitude=None, longitude=None)
                | models.Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="site_point_on_the_globe",
            ),
        ]
        # The latter two are as `icontains` asks.
        indexes = [
            models.Index(fields=["company", "name", "id"], name="site_by_name"),
            models.Index(Upper("code"), name="site_by_code"),
            GinIndex(OpClass(Upper("name"), name="gin_trgm_ops"), name="site_name_alike"),
            GinIndex(OpClass(Upper("address"), name="gin_trgm_ops"), name="site_address_alike"),
        ]

    def __str__(self) -> str:
        return self.name
