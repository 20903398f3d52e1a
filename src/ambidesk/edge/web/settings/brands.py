"""Brands: the faces of the company."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ambidesk.edge.web.settings.nouns import Noun
from ambidesk.edge.web.settings.zones import zones
from ambidesk.edge.web.ui.requests import Request
from ambidesk.parties.brands import founding
from ambidesk.parties.brands.founding import Face
from ambidesk.parties.brands.models import Brand
from ambidesk.parties.brands.rights import BrandRight


class BrandForm(forms.Form):
    """What a brand looks like to the outside."""

    name = forms.CharField(
        label=_("Name"),
        max_length=80,
        help_text=_("Customers read it as the sender of every mail."),
    )
    slug = forms.SlugField(
        label=_("Short name"), max_length=40, help_text=_("Latin letters, for addresses.")
    )
    language = forms.ChoiceField(
        label=_("Language"), choices=[("ru", "Русский"), ("en", "English")]
    )
    accent = forms.RegexField(
        r"^#[0-9a-f]{6}$",
        label=_("Accent colour"),
        initial="#3b5bdb",
        widget=forms.TextInput(attrs={"type": "color"}),
    )
    signature = forms.CharField(
        label=_("Signature"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        max_length=2000,
        help_text=_("Stands below every answer."),
    )
    web = forms.CharField(
        label=_("Web address"),
        max_length=200,
        required=False,
        help_text=_(
            "Where customers see the pages of this brand, such as https://help.example.com. The"
            " name must lead to this desk. Without it the pages are at the desk's own address."
        ),
    )
    zone = forms.ChoiceField(
        label=_("Time zone"),
        choices=lambda: [("", _("That of this desk")), *zones()],
        required=False,
        help_text=_("Customers type and read times in it."),
    )


def _save(request: Request, brand: Brand | None, values: Mapping[str, Any]) -> None:
    founding.set_up(brand, Face(**values), by=request.actor, at=request.at)


def _archive(request: Request, brand: Brand) -> object:
    change = founding.restore if brand.archived_at else founding.archive
    return change(brand, by=request.actor, at=request.at)


BRANDS = Noun(
    key="brands",
    model=Brand,
    form=BrandForm,
    right=BrandRight.MANAGE,
    title=_("Brands"),
    words=_("Each brand is a face of your company: a name, a language, an address."),
    add_words=_("New brand"),
    empty=_("Set up the first brand to begin."),
    rows=lambda _request: Brand.objects.order_by("archived_at", "name"),
    facts=lambda brand: (brand.slug, brand.get_language_display()),
    known=lambda brand: {name: getattr(brand, name) for name in BrandForm.base_fields},
    save=_save,
    archive=_archive,
)
