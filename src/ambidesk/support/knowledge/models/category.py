"""Categories: the tree in which articles stand, named in both languages, ordered by hand."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _


class Category(models.Model):
    """One category; a brand's readers see it where it holds something for them."""

    name_en = models.CharField(_("Name in English"), max_length=80)
    name_ru = models.CharField(_("Name in Russian"), max_length=80)
    slug = models.SlugField(_("Short name"), max_length=60)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    position = models.PositiveIntegerField(default=0)
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """A short name is used once; nothing belongs to itself."""

        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["slug"], name="knowledge_category_slug_once"),
            models.CheckConstraint(
                condition=~models.Q(name_en="") & ~models.Q(name_ru=""),
                name="knowledge_category_has_names",
            ),
            models.CheckConstraint(
                condition=~models.Q(parent=models.F("pk")), name="knowledge_category_not_its_own"
            ),
        ]

    def __str__(self) -> str:
        return self.name_in(get_language() or "en")

    def name_in(self, language: str) -> str:
        """Give the name in a language."""
        return self.name_ru if language == "ru" else self.name_en
