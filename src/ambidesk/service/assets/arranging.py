"""Arranging: classes of equipment, models and failure codes are made, renamed and archived."""

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.fields.models import Definition
from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.archiving import turn
from ambidesk.ground.kernel.refusal import InvalidInput
from ambidesk.ground.reach.actor import Actor
from ambidesk.service.assets.events import CodeArranged, KindArranged, ModelArranged
from ambidesk.service.assets.models import AssetClass, AssetModel, CodeKind, FailureCode


class NoName(InvalidInput):
    """Nobody knows what it is."""

    sentence = _("Give it a name.")


class KindTaken(InvalidInput):
    """There is one of this name."""

    sentence = _("There is one with this name already.")


@transaction.atomic
def arrange_class(
    kind: AssetClass | None,
    *,
    name: str,
    fields: Sequence[Definition] = (),
    needed: Sequence[Definition] = (),
    by: Actor,
    at: datetime,
) -> AssetClass:
    """
    Make a class of equipment, or change the one given; what is needed is asked, too.

    Raises:
        NoName: it has none.
        KindTaken: another one has it.
    """
    row = AssetClass.objects.select_for_update().get(pk=kind.pk) if kind else AssetClass()
    row.name = _named(name, 80)
    _save(row)
    row.fields.set([*fields, *needed])
    row.needed.set(needed)
    journal.record(KindArranged(class_id=row.pk), by=by, at=at)
    return row


@transaction.atomic
def archive_class(kind: AssetClass, *, by: Actor, at: datetime) -> None:
    """Take a class out of use, or into use again; its assets stay."""
    row = turn(kind, at=at)
    journal.record(KindArranged(class_id=row.pk), by=by, at=at)


@transaction.atomic
def arrange_model(
    model: AssetModel | None,
    *,
    kind: AssetClass,
    vendor: str,
    name: str,
    by: Actor,
    at: datetime,
) -> AssetModel:
    """
    Make a model, or change the one given.

    Raises:
        NoName: it has none, or its vendor.
        KindTaken: the vendor has a model of this name.
    """
    row = AssetModel.objects.select_for_update().get(pk=model.pk) if model else AssetModel()
    row.asset_class, row.vendor, row.name = kind, _named(vendor, 120), _named(name, 120)
    _save(row)
    journal.record(ModelArranged(model_id=row.pk), by=by, at=at)
    return row


@transaction.atomic
def archive_model(model: AssetModel, *, by: Actor, at: datetime) -> None:
    """Take a model out of use, or into use again; its assets stay."""
    row = turn(model, at=at)
    journal.record(ModelArranged(model_id=row.pk), by=by, at=at)


@transaction.atomic
def arrange_code(
    row: FailureCode | None,
    *,
    kind: CodeKind,
    code: str,
    name: str,
    asset_class: AssetClass | None,
    by: Actor,
    at: datetime,
) -> FailureCode:
    """
    Make a failure code, or change the one given.

    Raises:
        NoName: it has none, or no code.
        KindTaken: there is such a code.
    """
    if row is not None:
        row = FailureCode.objects.select_for_update().get(pk=row.pk)
    row = row or FailureCode()
    row.kind, row.asset_class = kind, asset_class
    row.code, row.name = _named(code, 20), _named(name, 120)
    _save(row)
    journal.record(CodeArranged(code_id=row.pk), by=by, at=at)
    return row


@transaction.atomic
def archive_code(code: FailureCode, *, by: Actor, at: datetime) -> None:
    """Take a code out of use, or into use again; repairs keep theirs."""
    row = turn(code, at=at)
    journal.record(CodeArranged(code_id=row.pk), by=by, at=at)


def _named(text: str, longest: int) -> str:
    if not (name := " ".join(text.split())[:longest]):
        raise NoName(field="name")
    return name


def _save(row: AssetClass | AssetModel | FailureCode) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as taken:
        raise KindTaken(field="name") from taken
