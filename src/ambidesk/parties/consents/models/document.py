"""Documents: the words that people agree to; a version that was published is never changed."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ambidesk.parties.brands.models import Brand
from ambidesk.parties.consents.models.purpose import Purpose


class ConsentDocument(models.Model):
    """One version of the words about a purpose, of a brand or of all."""

    purpose = models.CharField(_("Purpose"), max_length=12, choices=Purpose.choices)
    brand = models.ForeignKey(Brand, on_delete=models.PROTECT, null=True, related_name="+")
    language = models.CharField(_("Language"), max_length=2)
    version = models.PositiveIntegerField()
    text = models.TextField(_("Text"), max_length=20_000)
    published_at = models.DateTimeField()

    class Meta:
        """Versions count up for a purpose, brand and language."""

        ordering = ["purpose", "brand_id", "language", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["purpose", "brand", "language", "version"],
                nulls_distinct=False,
                name="consent_document_version_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} · {self.language} · {self.version}"
