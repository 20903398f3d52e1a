"""Classes of equipment with their own fields, models of vendors, and the catalogue of failures."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import Count, F, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from ambidesk.edge.web.settings.nouns import Noun
from ambidesk.edge.web.settings.own_fields import needed_fields, own_fields
from ambidesk.edge.web.ui.requests import Request
from ambidesk.service.assets import arranging
from ambidesk.service.assets.models import AssetClass, AssetModel, CodeKind, FailureCode
from ambidesk.service.assets.rights import AssetRight

USED_FIRST = F("archived_at").desc(nulls_first=True)


class ClassForm(forms.Form):
    """A class of equipment and what is asked of each of its pieces."""

    name = forms.CharField(label=_("Name"), max_length=80)
    fields_: Any = own_fields(
        label=_("Fields"),
        help_text=_("Each piece of this class has them: power, refrigerant, number of floors."),
    )
    needed: Any = needed_fields()


class ModelForm(forms.Form):
    """A model of a vendor."""

    asset_class: Any = forms.ModelChoiceField(
        AssetClass.objects.filter(archived_at=None), label=_("Class")
    )
    vendor = forms.CharField(label=_("Vendor"), max_length=120)
    name = forms.CharField(label=_("Model"), max_length=120)


class CodeForm(forms.Form):
    """One word of the catalogue of failures."""

    kind = forms.ChoiceField(label=_("Says"), choices=CodeKind.choices)
    code = forms.CharField(label=_("Code"), max_length=20)
    name = forms.CharField(label=_("Name"), max_length=120)
    asset_class: Any = forms.ModelChoiceField(
        AssetClass.objects.filter(archived_at=None),
        label=_("Only for class"),
        required=False,
        empty_label=_("all classes"),
    )


def _classes(_request: Request) -> QuerySet[AssetClass]:
    rows = AssetClass.objects.annotate(known=Count("models", distinct=True))
    return rows.prefetch_related("fields").order_by(USED_FIRST, "name")


def _class_facts(row: AssetClass) -> tuple[str, ...]:
    known: int = getattr(row, "known", 0)
    asked = len(row.fields.all())
    return (
        ngettext("%(n)s model", "%(n)s models", known) % {"n": known},
        *((ngettext("%(n)s field", "%(n)s fields", asked) % {"n": asked},) if asked else ()),
    )


def _save_class(request: Request, row: AssetClass | None, values: Mapping[str, Any]) -> None:
    arranging.arrange_class(
        row,
        name=values["name"],
        fields=tuple(values["fields_"]),
        needed=tuple(values["needed"]),
        by=request.actor,
        at=request.at,
    )


def _save_model(request: Request, row: AssetModel | None, values: Mapping[str, Any]) -> None:
    arranging.arrange_model(
        row,
        kind=values["asset_class"],
        vendor=values["vendor"],
        name=values["name"],
        by=request.actor,
        at=request.at,
    )


def _save_code(request: Request, row: FailureCode | None, values: Mapping[str, Any]) -> None:
    given = {**values, "kind": CodeKind(values["kind"])}
    arranging.arrange_code(row, **given, by=request.actor, at=request.at)


CLASSES = Noun(
    key="assetclasses",
    model=AssetClass,
    form=ClassForm,
    right=AssetRight.DECIDE,
    title=_("Classes of equipment"),
    words=_("Models of one class are compared with each other, and have the same fields."),
    add_words=_("New class"),
    empty=_("Name what you service: refrigerators, lifts, ventilation."),
    rows=_classes,
    facts=_class_facts,
    known=lambda row: {
        "name": row.name,
        "fields_": row.fields.all(),
        "needed": row.needed.all(),
    },
    save=_save_class,
    archive=lambda request, row: arranging.archive_class(row, by=request.actor, at=request.at),
)

MODELS = Noun(
    key="assetmodels",
    model=AssetModel,
    form=ModelForm,
    right=AssetRight.DECIDE,
    title=_("Models of equipment"),
    words=_("What vendors call what you service. An import makes those that are missing."),
    add_words=_("New model"),
    empty=_("Enter the first model, or import equipment: its models come with it."),
    rows=lambda _request: AssetModel.objects.select_related("asset_class").order_by(
        USED_FIRST, "vendor", "name"
    )[:1000],
    facts=lambda row: (row.asset_class.name,),
    known=lambda row: {
        "asset_class": row.asset_class_id,
        "vendor": row.vendor,
        "name": row.name,
    },
    save=_save_model,
    archive=lambda request, row: arranging.archive_model(row, by=request.actor, at=request.at),
)

CODES = Noun(
    key="failurecodes",
    model=FailureCode,
    form=CodeForm,
    right=AssetRight.DECIDE,
    title=_("Failure codes"),
    words=_("By which words a repair says what failed, why, and what was done (ISO 14224)."),
    add_words=_("New code"),
    empty=_("Begin with what fails most: does not cool, leaks, does not start."),
    rows=lambda _request: FailureCode.objects.select_related("asset_class").order_by(
        USED_FIRST, "kind", "code"
    ),
    facts=lambda row: (
        str(CodeKind(row.kind).label),
        row.code,
        row.asset_class.name if row.asset_class else str(_("all classes")),
    ),
    known=lambda row: {
        "kind": row.kind,
        "code": row.code,
        "name": row.name,
        "asset_class": row.asset_class_id,
    },
    save=_save_code,
    archive=lambda request, row: arranging.archive_code(row, by=request.actor, at=request.at),
)
