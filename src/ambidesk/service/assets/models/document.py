"""Documents of a model or of one asset: passports, schemes, certificates."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.files.models import Blob
from ambidesk.ground.reach.actor import Actor
from ambidesk.ground.reach.branches import Visible
from ambidesk.service.assets.models.asset import Asset
from ambidesk.service.assets.models.kinds import AssetModel
from ambidesk.service.assets.rights import AssetRight


class DocumentQuerySet(Visible["Document"]):
    """Documents, seen by those who see their asset, or an asset of their model."""

    def open_to(self, actor: Actor) -> Self:
        """Whoever keeps the catalogue sees those of a model before there is any asset."""
        seen = self.visible_to(actor)
        if not actor.may(AssetRight.DECIDE):
            return seen
        return self.filter(models.Q(model__isnull=False) | models.Q(pk__in=seen.values("pk")))

    def of_model(self, model: AssetModel, actor: Actor) -> Self:
        """Those of a model, as they are open to somebody."""
        return self.filter(model=model).open_to(actor)


class Document(models.Model):
    """One file; `key` is random and names it in addresses."""

    model = models.ForeignKey(
        AssetModel, on_delete=models.PROTECT, null=True, related_name="documents"
    )
    asset = models.ForeignKey(Asset, on_delete=models.CASCADE, null=True, related_name="documents")
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="documents")
    key = models.CharField(max_length=43, unique=True)
    name = models.CharField(_("Name"), max_length=255)
    # Whether contacts who see such equipment read it.
    for_clients = models.BooleanField(default=True, db_default=True)
    at = models.DateTimeField()

    objects = DocumentQuerySet.as_manager()

    class Meta:
        """It is of a model or of an asset."""

        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(model=None, asset__isnull=False)
                | models.Q(model__isnull=False, asset=None),
                name="document_of_one_thing",
            ),
        ]
