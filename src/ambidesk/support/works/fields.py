"""Fields of equipment: what conditions over tickets may ask of it, and count of its repairs."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.conditions.fields import (
    Boolean,
    Choice,
    Field,
    Instant,
    Number,
    Option,
    Reference,
    Text,
    options_from,
)
from ambidesk.ground.conditions.vocabularies import Relation, Vocabulary
from ambidesk.ground.reach.actor import Actor
from ambidesk.service.assets.models import AssetClass, AssetModel, Criticality, Repair


def _standing(model: Any) -> Callable[[Actor], Iterable[Option]]:
    return lambda _actor: [
        Option(value=row.pk, label=str(row)) for row in model.objects.filter(archived_at=None)
    ]


FIELDS: tuple[Field, ...] = (
    Text(name="asset", label=_("Serial number"), path="asset__serial", nullable=True),
    Reference(
        name="asset_model",
        label=_("Model of equipment"),
        path="asset__model_id",
        nullable=True,
        options=_standing(AssetModel),
    ),
    Reference(
        name="asset_class",
        label=_("Class of equipment"),
        path="asset__model__asset_class_id",
        nullable=True,
        options=_standing(AssetClass),
    ),
    Choice(
        name="asset_criticality",
        label=_("Criticality of equipment"),
        path="asset__criticality",
        nullable=True,
        options=options_from(Criticality.choices),
        ordered=True,
    ),
)
REPAIR_VOCABULARY = Vocabulary(
    name="asset_repair",
    fields=(
        Boolean(name="is_failure", label=_("It had failed"), path="is_failure"),
        Number(name="cost", label=_("Cost"), path="cost"),
        Instant(name="at", label=_("Time"), path="failed_at"),
    ),
)


def _failures(_actor: Actor) -> QuerySet[Any]:
    return Repair.objects.filter(is_failure=True)


def _repairs(_actor: Actor) -> QuerySet[Any]:
    return Repair.objects.all()


def _relation(name: str, label: Any, rows: Callable[[Actor], QuerySet[Any]]) -> Relation:
    return Relation(
        name=name,
        label=label,
        vocabulary=lambda: REPAIR_VOCABULARY,
        rows=rows,
        links=(("asset", "asset_id"),),
        when="failed_at",
    )


RELATIONS = (
    _relation("asset_failures", _("Failures of the equipment"), _failures),
    _relation("asset_repairs", _("Repairs of the equipment"), _repairs),
)


def equipped() -> tuple[Field | Relation, ...]:
    """What equipment adds to the vocabulary of tickets."""
    return (*FIELDS, *RELATIONS)
