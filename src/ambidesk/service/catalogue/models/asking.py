"""What is asked for a request type: sections of questions, each of them a custom field."""

from django.db import models

from ambidesk.ground.fields.models import Definition
from ambidesk.ground.fields.rules.form import Needed
from ambidesk.service.catalogue.models.classes import RequestType


class FormSection(models.Model):
    """A part of the form of a request type; the title may be empty."""

    request_type = models.ForeignKey(RequestType, on_delete=models.PROTECT, related_name="sections")
    position = models.PositiveSmallIntegerField()
    title_en = models.CharField(max_length=120, blank=True)
    title_ru = models.CharField(max_length=120, blank=True)

    class Meta:
        """Each place is taken once."""

        ordering = ["request_type_id", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["request_type", "position"],
                name="section_place_once",
                deferrable=models.Deferrable.DEFERRED,
            )
        ]


class Question(models.Model):
    """A field that tickets of a type have; `when` is the JSON of its condition."""

    request_type = models.ForeignKey(
        RequestType, on_delete=models.PROTECT, related_name="questions"
    )
    section = models.ForeignKey(FormSection, on_delete=models.CASCADE, related_name="questions")
    definition = models.ForeignKey(Definition, on_delete=models.PROTECT, related_name="questions")
    position = models.PositiveSmallIntegerField()
    needed = models.CharField(max_length=5, choices=Needed.choices, default=Needed.NO)
    when = models.JSONField(null=True)

    class Meta:
        """A type asks for a field once."""

        ordering = ["section__position", "position"]
        constraints = [
            models.UniqueConstraint(fields=["request_type", "definition"], name="field_asked_once"),
            models.CheckConstraint(
                condition=models.Q(needed__in=Needed.values), name="question_needed_known"
            ),
        ]
