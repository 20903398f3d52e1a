"""Articles: what all languages of one have in common."""

from collections.abc import Collection
from datetime import date

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.reach.branches import Visible
from ambidesk.parties.brands.models import Brand
from ambidesk.service.assets.models import AssetClass, AssetModel
from ambidesk.service.contracts.models import Contract
from ambidesk.support.knowledge.models.category import Category


class Audience(models.TextChoices):
    """Who may read an article."""

    PUBLIC = "public", _("Everybody")
    CLIENTS = "clients", _("Clients who signed in")
    STAFF = "staff", _("Staff only")


class ArticleQuerySet(Visible["Article"]):
    """Articles."""

    def open_to_public(self, brand: Brand) -> "ArticleQuerySet":
        """Those that everybody may read in the help centre of a brand, in some language."""
        rows = self.filter(audience=Audience.PUBLIC, archived_at=None, brands=brand)
        return rows.filter(translations__published__isnull=False).distinct()

    def open_to_clients(self, companies: Collection[int], *, on: date) -> "ArticleQuerySet":
        """
        Those that clients of these companies may read on a day, in some language.

        Whoever reads in the portal and whoever is answered from the desk read the same ones.
        """
        held = Contract.objects.in_force(on).filter(company__in=companies)
        links = Article.contracts.through.objects.filter(article=OuterRef("pk"))
        theirs = ~Exists(links) | Exists(links.filter(contract__in=held))
        rows = self.filter(
            Q(audience=Audience.PUBLIC) | Q(theirs, audience=Audience.CLIENTS), archived_at=None
        )
        return rows.filter(translations__published__isnull=False).distinct()


class Article(models.Model):
    """
    One article; `is_pinned` ones stand first, the others by `position`.

    Of contracts it is for clients of these only, where it is for clients at all; equipment and
    industries say what it is about, and hide it from nobody.
    """

    audience = models.CharField(
        _("For whom"), max_length=7, choices=Audience.choices, default=Audience.PUBLIC
    )
    category = models.ForeignKey(
        Category, on_delete=models.PROTECT, null=True, blank=True, related_name="articles"
    )
    brands = models.ManyToManyField(Brand, related_name="articles")
    related = models.ManyToManyField("self", blank=True)
    asset_models = models.ManyToManyField(AssetModel, related_name="+", blank=True)
    asset_classes = models.ManyToManyField(AssetClass, related_name="+", blank=True)
    contracts = models.ManyToManyField(Contract, related_name="+", blank=True)
    industries = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    is_pinned = models.BooleanField(_("Pinned"), default=False)
    position = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField()
    archived_at = models.DateTimeField(null=True, blank=True)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        """In the order of readers."""

        ordering = ["-is_pinned", "position", "pk"]
        indexes = [
            models.Index(fields=["category", "position"], name="knowledge_article_in_category")
        ]
