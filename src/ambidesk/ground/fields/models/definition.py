"""Definitions of fields and the options that can be chosen; kinds and currencies never change."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.fields.rules.spec import Kind, Limits, OptionSpec, Spec, Texts


class Definition(models.Model):
    """One field of an installation's own."""

    kind = models.CharField(_("Kind"), max_length=10, choices=Kind.choices)
    label_en = models.CharField(max_length=120, blank=True)
    label_ru = models.CharField(max_length=120, blank=True)
    help_en = models.CharField(max_length=300, blank=True)
    help_ru = models.CharField(max_length=300, blank=True)
    limits = models.JSONField(default=dict)
    default = models.JSONField(null=True)
    is_public = models.BooleanField(default=True)
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """A field is called something in one language at least."""

        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(label_en="", label_ru=""), name="definition_has_a_label"
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=Kind.values), name="definition_has_a_kind"
            ),
        ]

    def __str__(self) -> str:
        return self.label.said(get_language() or "en")

    @property
    def label(self) -> Texts:
        """What it is called."""
        return Texts(ru=self.label_ru, en=self.label_en)

    @property
    def spec(self) -> Spec:
        """The field as the rules see it; its options are best read before."""
        return Spec(
            id=self.pk,
            kind=Kind(self.kind),
            label=self.label,
            help=Texts(ru=self.help_ru, en=self.help_en),
            limits=limits_from(self.limits),
            options=tuple(each.spec for each in self.options.all()),
            default=tuple(self.default) if isinstance(self.default, list) else self.default,
            is_public=self.is_public,
            is_archived=self.archived_at is not None,
        )


class Option(models.Model):
    """One choice of a field; in a tree it may belong to another one."""

    definition = models.ForeignKey(Definition, on_delete=models.PROTECT, related_name="options")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    label_en = models.CharField(max_length=120, blank=True)
    label_ru = models.CharField(max_length=120, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Options stand in the order that somebody gave them."""

        ordering = ["definition_id", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(label_en="", label_ru=""), name="option_has_a_label"
            ),
            models.CheckConstraint(
                condition=~models.Q(parent=models.F("pk")), name="option_not_its_own_parent"
            ),
        ]

    def __str__(self) -> str:
        return self.spec.label.said(get_language() or "en")

    @property
    def spec(self) -> OptionSpec:
        """The choice as the rules see it."""
        return OptionSpec(
            id=self.pk,
            label=Texts(ru=self.label_ru, en=self.label_en),
            parent=self.parent_id,
            is_archived=self.archived_at is not None,
        )


def limits_from(given: Mapping[str, Any]) -> Limits:
    """Read limits as they are kept."""
    return Limits(
        least=_number(given.get("least")),
        most=_number(given.get("most")),
        longest=given.get("longest"),
        mask=given.get("mask", ""),
        digits=given.get("digits", 2),
        unit=given.get("unit", ""),
        currency=given.get("currency", ""),
    )


def limits_written(limits: Limits) -> dict[str, Any]:
    """Write limits as they are kept; what is not limited is left out."""
    every = {
        "least": None if limits.least is None else str(limits.least),
        "most": None if limits.most is None else str(limits.most),
        "longest": limits.longest,
        "mask": limits.mask or None,
        "digits": limits.digits,
        "unit": limits.unit or None,
        "currency": limits.currency or None,
    }
    return {name: value for name, value in every.items() if value is not None}


def _number(kept: str | None) -> Decimal | None:
    return None if kept is None else Decimal(kept)
