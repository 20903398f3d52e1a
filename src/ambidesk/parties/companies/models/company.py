"""Companies, alone or in a group; their legal entities and departments."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models.functions import Lower, Upper
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.reach.branches import Visible


class CompanyQuerySet(Visible["Company"]):
    """Companies."""

    def served(self) -> "CompanyQuerySet":
        """Those that were not archived."""
        return self.filter(archived_at=None)


class Company(models.Model):
    """A client organisation; `parent` is the group that it belongs to."""

    name = models.CharField(_("Name"), max_length=200)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="members"
    )
    industry = models.CharField(_("Industry"), max_length=80, blank=True)
    remark = models.TextField(_("Remark"), blank=True, max_length=4000)
    # What is said in fields of the installation's own, by their ids.
    custom = models.JSONField(default=dict, db_default={})
    made_at = models.DateTimeField()
    archived_at = models.DateTimeField(null=True, blank=True)

    objects = CompanyQuerySet.as_manager()

    class Meta:
        """One company a name, whatever its case; none is its own group."""

        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(Lower("name"), name="company_name_once"),
            models.CheckConstraint(
                condition=models.Q(parent=None) | ~models.Q(parent=models.F("id")),
                name="company_not_its_own_group",
            ),
        ]
        # As `icontains` asks.
        indexes = [GinIndex(OpClass(Upper("name"), name="gin_trgm_ops"), name="company_name_alike")]

    def __str__(self) -> str:
        return self.name


class LegalEntity(models.Model):
    """Who signs and pays: the requisites of one legal entity of a company."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="legal_entities")
    name = models.CharField(_("Name"), max_length=250)
    country = models.CharField(_("Country"), max_length=2, default="RU")
    inn = models.CharField(_("INN"), max_length=12, blank=True)
    kpp = models.CharField(_("KPP"), max_length=9, blank=True)
    ogrn = models.CharField(_("OGRN"), max_length=15, blank=True)
    vat = models.CharField(_("VAT number"), max_length=20, blank=True)
    address = models.CharField(_("Legal address"), max_length=300, blank=True)

    class Meta:
        """Tax numbers are somebody's only once."""

        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["inn", "kpp"], condition=~models.Q(inn=""), name="legal_entity_once"
            ),
            models.UniqueConstraint(
                fields=["vat"], condition=~models.Q(vat=""), name="legal_entity_vat_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Department(models.Model):
    """A part of a company, with the cost centre that its requests are charged to."""

    company = models.ForeignKey(
        Company, on_delete=models.PROTECT, related_name="departments", db_index=False
    )
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    name = models.CharField(_("Name"), max_length=160)
    cost_centre = models.CharField(_("Cost centre"), max_length=40, blank=True)

    class Meta:
        """Once a name below one parent."""

        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["company", "parent", "name"],
                nulls_distinct=False,
                name="department_name_once",
            ),
            models.UniqueConstraint(fields=["id", "company"], name="department_of_company"),
        ]

    def __str__(self) -> str:
        return self.name
