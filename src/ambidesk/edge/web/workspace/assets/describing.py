"""Describing: an asset is entered or changed by hand, with the fields that its class has."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext_lazy as _

from ambidesk.edge.web.ui.pages import back_to
from ambidesk.edge.web.ui.questions import Given, SectionView, given_of, read_given, sections_of
from ambidesk.edge.web.ui.requests import Request
from ambidesk.edge.web.workspace.assets.asset import visible_asset
from ambidesk.edge.web.workspace.companies.company import visible_company
from ambidesk.ground.fields.filling import answers_of, as_custom, form_of
from ambidesk.ground.fields.rules.form import Form
from ambidesk.ground.kernel.days import day_of
from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.companies.models import Company, Site
from ambidesk.service.assets.models import Asset, AssetClass, AssetModel, Criticality
from ambidesk.service.assets.registering import Wanted, describe, register

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class AssetForm(forms.Form):
    """What is known of an asset; where it stands is changed by a move."""

    model: Any = forms.ModelChoiceField(None, label=_("Model"))
    serial = forms.CharField(label=_("Serial number"), max_length=80)
    site: Any = forms.ModelChoiceField(None, label=_("Site"), required=False)
    place = forms.CharField(label=_("Place of installation"), max_length=200, required=False)
    parent = forms.CharField(
        label=_("Part of"),
        max_length=80,
        required=False,
        help_text=_("The serial number of what it is part of."),
    )
    criticality = forms.TypedChoiceField(
        label=_("Criticality"),
        choices=Criticality.choices,
        coerce=lambda given: Criticality(int(given)),
        initial=Criticality.NORMAL,
    )
    installed_on = forms.DateField(label=_("Installed"), widget=DAY, required=False)
    warranty_until = forms.DateField(label=_("Warranty until"), widget=DAY, required=False)
    note = forms.CharField(
        label=_("Note"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(
        self, *args: Any, actor: Actor, company: Company, row: Asset | None = None, **known: Any
    ) -> None:
        super().__init__(*args, **known)
        self._row = row
        self._seen = Asset.objects.visible_to(actor).filter(company=company)
        # What stands there stays of its model, though no more of it are entered.
        offered = Q(archived_at=None) | Q(pk=row.model_id if row else None)
        models = AssetModel.objects.filter(offered).order_by("vendor", "name")
        self.fields["model"].queryset = models  # type: ignore[attr-defined]  # a ModelChoiceField
        if row is None:
            sites = Site.objects.visible_to(actor).filter(company=company).served()
            self.fields["site"].queryset = sites  # type: ignore[attr-defined]  # a ModelChoiceField
        else:
            del self.fields["site"], self.fields["place"]

    def clean_parent(self) -> Asset | None:
        """Find what it is part of by its serial number."""
        typed = str(self.cleaned_data["parent"]).strip()
        if not typed:
            return None
        # Another model may have its number too, or it is out of sight; untouched, it stays.
        parent = self._row.parent if self._row else None
        if parent is not None and parent.serial == typed:
            return parent
        found = list(self._seen.filter(serial__iexact=typed)[:2])
        if len(found) != 1:
            raise forms.ValidationError(_("There is no equipment of the company by this number."))
        return found[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class DescribingPage:
    """The form of an asset, its own fields, and where Cancel leads."""

    title: str | Promise
    form: AssetForm
    sections: tuple[SectionView, ...]
    back: str
    back_words: str


def ask_new(request: Request, company: int) -> HttpResponse:
    """Enter an asset of a company; what its class asks besides is asked next."""
    row = visible_company(request.actor, company)
    form = AssetForm(request.POST or None, actor=request.actor, company=row)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                made = register(
                    row,
                    Wanted(**form.cleaned_data),
                    known_since=day_of(request.at),
                    by=request.actor,
                    at=request.at,
                )
            except Refusal as refused:
                _refuse(form, refused)
            else:
                asks = any(form_of(made.model.asset_class.fields.all()).questions)
                return back_to("asset-facts" if asks else "asset", made.pk)
    page = DescribingPage(
        title=_("New equipment"),
        form=form,
        sections=(),
        back=reverse("company", args=[row.pk]),
        back_words=row.name,
    )
    return render(request, "assets/facts.html", {"page": page}, status=status)


def ask(request: Request, asset: int) -> HttpResponse:
    """Show what is known of an asset, to be changed."""
    row = visible_asset(request.actor, asset)
    own = _own_form(row.model.asset_class)
    form = AssetForm(initial=_known(row), actor=request.actor, company=row.company, row=row)
    typed = given_of(answers_of(row.custom, own), own, zone=get_current_timezone())
    return _shown(request, row, form, own=own, typed=typed, errors={})


def save(request: Request, asset: int) -> HttpResponse:
    """Say it."""
    row = visible_asset(request.actor, asset)
    own = _own_form(row.model.asset_class)
    form = AssetForm(request.POST, actor=request.actor, company=row.company, row=row)
    read = read_given(own, request.POST, zone=get_current_timezone(), at=request.at)
    if form.is_valid() and not read.errors:
        wanted = Wanted(
            **form.cleaned_data, custom=as_custom(row.custom, own, answers=read.answers)
        )
        try:
            describe(row, wanted, by=request.actor, at=request.at)
        except Refusal as refused:
            _refuse(form, refused)
        else:
            return back_to("asset", row.pk)
    return _shown(request, row, form, own=own, typed=request.POST, errors=read.errors, status=422)


def _own_form(kind: AssetClass) -> Form:
    return form_of(kind.fields.all(), needed=kind.needed.all())


def _shown(
    request: Request,
    row: Asset,
    form: AssetForm,
    *,
    own: Form,
    typed: Given,
    errors: Mapping[str, str],
    status: int = 200,
) -> HttpResponse:
    page = DescribingPage(
        title=str(row),
        form=form,
        sections=sections_of(own, typed, errors=errors, at=request.at, zone=get_current_timezone()),
        back=reverse("asset", args=[row.pk]),
        back_words=str(row),
    )
    return render(request, "assets/facts.html", {"page": page}, status=status)


def _refuse(form: AssetForm, refused: Refusal) -> None:
    form.add_error(refused.field if refused.field in form.fields else None, str(refused))


def _known(row: Asset) -> dict[str, Any]:
    return {
        "model": row.model_id,
        "serial": row.serial,
        "parent": row.parent.serial if row.parent else "",
        "criticality": row.criticality,
        "installed_on": row.installed_on,
        "warranty_until": row.warranty_until,
        "note": row.note,
    }
