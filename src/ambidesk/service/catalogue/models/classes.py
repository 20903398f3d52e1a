"""Request types, categories (a tree) and tags."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ambidesk.parties.brands.models import Brand


class RequestType(models.Model):
    """What kind of ticket it is; `key` names the ones that the product brings along."""

    key = models.CharField(max_length=40, blank=True)
    name = models.CharField(_("Name"), max_length=80)
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """One type a name."""

        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["name"], name="request_type_name_once")]

    def __str__(self) -> str:
        return self.name


class Category(models.Model):
    """What a ticket is about; categories form a tree."""

    name = models.CharField(_("Name"), max_length=80)
    parent = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("Belongs to"),
    )
    brand = models.ForeignKey(
        Brand, on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("Only for brand")
    )
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Sisters have different names; nothing belongs to itself."""

        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["parent", "name"], nulls_distinct=False, name="category_name_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(parent=models.F("pk")), name="category_not_its_own_parent"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Tag(models.Model):
    """A free word that tickets can carry."""

    name = models.CharField(_("Name"), max_length=60)
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """One tag a word."""

        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(models.functions.Lower("name"), name="tag_name_once"),
        ]

    def __str__(self) -> str:
        return self.name
