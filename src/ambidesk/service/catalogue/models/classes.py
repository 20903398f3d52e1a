"""Request types, categories (a tree) and tags."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.fields.rules.spec import Texts
from ambidesk.parties.brands.models import Brand
from ambidesk.service.catalogue.rules.naming import by_letters


class RequestTypeQuerySet(models.QuerySet["RequestType"]):
    """Questions about request types."""

    def in_words(self) -> tuple["RequestType", ...]:
        """Give them as they stand in a list of the reader's language; what lacks it comes last."""
        language = get_language() or ""
        return tuple(
            sorted(self, key=lambda each: (not each.names.is_in(language), str(each).casefold()))
        )


class RequestType(models.Model):
    """
    What kind of ticket it is; `key` names the ones that the product brings along.

    People read its name in their language; `name` is the one by which other programs know it.
    """

    key = models.CharField(max_length=40, blank=True)
    name = models.CharField(_("Name"), max_length=80)
    name_en = models.CharField(max_length=80, blank=True, default="", db_default="")
    name_ru = models.CharField(max_length=80, blank=True, default="", db_default="")
    archived_at = models.DateTimeField(null=True, blank=True)

    objects = RequestTypeQuerySet.as_manager()

    class Meta:
        """One type a name, in each language."""

        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["name"], name="request_type_name_once"),
            models.UniqueConstraint(
                fields=["name_en"],
                condition=~models.Q(name_en=""),
                name="request_type_name_en_once",
            ),
            models.UniqueConstraint(
                fields=["name_ru"],
                condition=~models.Q(name_ru=""),
                name="request_type_name_ru_once",
            ),
        ]

    def __str__(self) -> str:
        return self.names.said(get_language() or "en")

    @property
    def names(self) -> Texts:
        """The name in both languages."""
        named = Texts(ru=self.name_ru, en=self.name_en)
        return named if self.name_ru or self.name_en else by_letters(self.name)


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
