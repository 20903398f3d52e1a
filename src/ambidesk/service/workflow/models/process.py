"""Processes: a draft that is drawn, and versions that were published and never change."""

from functools import lru_cache

from django.conf import settings
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.fields.rules.spec import Texts
from ambidesk.service.catalogue.models import RequestType
from ambidesk.service.workflow.rules.plan import Plan
from ambidesk.service.workflow.rules.reading import read_plan


class Process(models.Model):
    """
    One process; `draft` is read by `rules.reading`, whole or not yet.

    It begins by itself on what is of its request type, else by hand.
    """

    name_en = models.CharField(_("Name in English"), max_length=80, blank=True)
    name_ru = models.CharField(_("Name in Russian"), max_length=80, blank=True)
    request_type = models.OneToOneField(
        RequestType, on_delete=models.PROTECT, null=True, blank=True, related_name="process"
    )
    draft = models.JSONField()
    published = models.PositiveIntegerField(null=True)
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """It has a name in one of the languages."""

        ordering = ["name_en", "name_ru", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(name_en="", name_ru=""), name="process_has_a_name"
            ),
        ]

    def __str__(self) -> str:
        return self.names.said(get_language() or "en")

    @property
    def names(self) -> Texts:
        """The name in both languages."""
        return Texts(ru=self.name_ru, en=self.name_en)

    @property
    def current(self) -> "ProcessVersion | None":
        """The version on which runs begin now."""
        return self.versions.filter(number=self.published or 0).first()


class ProcessVersion(models.Model):
    """What was published; a trigger of the database keeps it from being changed."""

    process = models.ForeignKey(
        Process, on_delete=models.PROTECT, related_name="versions", db_index=False
    )
    number = models.PositiveIntegerField()
    said = models.JSONField()
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        """Versions are counted from 1."""

        ordering = ["process", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["process", "number"], name="process_version_once"),
            models.CheckConstraint(condition=models.Q(number__gt=0), name="process_version_counts"),
        ]

    def __str__(self) -> str:
        return f"{self.process} {self.number}"

    @property
    def plan(self) -> Plan:
        """What it says."""
        return plan_of(self.pk)


@lru_cache(maxsize=256)
def plan_of(version: int) -> Plan:
    """What a version says, by its id; read once a process, for it never changes."""
    return read_plan(ProcessVersion.objects.values_list("said", flat=True).get(pk=version))
