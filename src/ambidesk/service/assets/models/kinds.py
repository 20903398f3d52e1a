"""What there is to service: classes of equipment and models of vendors, with decisions on them."""

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.fields.models import Definition
from ambidesk.ground.reach.models import User


class AssetClass(models.Model):
    """A class of equipment: refrigerators, lifts; its assets have its fields, some are needed."""

    name = models.CharField(_("Name"), max_length=80)
    fields = models.ManyToManyField(Definition, related_name="+")
    needed = models.ManyToManyField(Definition, related_name="+")
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """One name whatever its case."""

        ordering = ["name"]
        constraints = [models.UniqueConstraint(Lower("name"), name="asset_class_name")]

    def __str__(self) -> str:
        return self.name


class AssetModel(models.Model):
    """
    A model of a vendor.

    From `sale_ended_at` on it is not sold any more, from `cover_ended_at` on no contract takes it
    in anew; why is in its decisions.
    """

    asset_class = models.ForeignKey(AssetClass, on_delete=models.PROTECT, related_name="models")
    vendor = models.CharField(_("Vendor"), max_length=120)
    name = models.CharField(_("Model"), max_length=120)
    sale_ended_at = models.DateTimeField(null=True)
    cover_ended_at = models.DateTimeField(null=True)
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """A vendor calls one thing by one name."""

        ordering = ["vendor", "name"]
        constraints = [
            models.UniqueConstraint(Lower("vendor"), Lower("name"), name="asset_model_name")
        ]

    def __str__(self) -> str:
        return f"{self.vendor} {self.name}"

    @property
    def may_be_sold(self) -> bool:
        """Nobody decided against selling it."""
        return self.sale_ended_at is None

    @property
    def may_be_covered(self) -> bool:
        """Nobody decided against taking it into a contract anew."""
        return self.cover_ended_at is None


class ModelDecision(models.Model):
    """What was decided about a model, by whom, when and why; never changed."""

    model = models.ForeignKey(AssetModel, on_delete=models.PROTECT, related_name="decisions")
    ends_sale = models.BooleanField()
    ends_cover = models.BooleanField()
    reason = models.CharField(_("Reason"), max_length=1000)
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        """The latest holds."""

        ordering = ["-at", "-pk"]
