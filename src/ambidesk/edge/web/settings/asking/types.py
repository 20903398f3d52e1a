"""Request types, each with the form that it asks for."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db import transaction
from django.db.models import Count, F
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import get_current_timezone
from django.utils.translation import get_language, ngettext, override
from django.utils.translation import gettext_lazy as _

from ambidesk.edge.web.settings.json_field import JsonField
from ambidesk.edge.web.settings.nouns import Noun
from ambidesk.edge.web.ui.questions import sections_of
from ambidesk.edge.web.ui.requests import Request
from ambidesk.ground.conditions.describing import described
from ambidesk.ground.fields.rules.form import Form, Needed, require_order
from ambidesk.ground.fields.rules.spec import Texts
from ambidesk.ground.fields.rules.vocabulary import vocabulary_of
from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.ground.kernel.unpacking import unpacked
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.service.catalogue import arranging
from ambidesk.service.catalogue.asking import form_of, shape
from ambidesk.service.catalogue.models import RequestType
from ambidesk.service.catalogue.rights import CatalogueRight
from ambidesk.service.catalogue.shaping import read_form, specs_in_use, written_form

LANGUAGES = {"ru", "en"}


class FormInput(forms.Textarea):
    """The place of the editor of forms; what it makes lies in a hidden text."""

    template_name = "asking/editor.html"

    def format_value(self, value: Any) -> Any:
        """Show the form with the fields that can be asked and what can be asked of them."""
        specs, language = specs_in_use(), get_language() or "en"
        facts = {
            "fields": [
                {
                    "id": each.id,
                    "name": each.name,
                    "label": each.label.said(language),
                    "kind": str(each.kind.label),
                    "public": each.is_public,
                }
                for each in specs.values()
            ],
            "needed": [{"value": each.value, "label": str(each.label)} for each in Needed],
            "vocabulary": described(vocabulary_of(specs.values()), actor=SYSTEM),
        }
        return {"text": value or "[]", "facts": facts}


class TypeForm(forms.Form):
    """A request type's name in both languages, and its form."""

    name_en = forms.CharField(label=_("Name in English"), max_length=80, required=False)
    name_ru = forms.CharField(
        label=_("Name in Russian"),
        max_length=80,
        required=False,
        help_text=_("Everybody reads the name in their language; where it is missing, the other."),
    )
    form = JsonField(label=_("Form"), widget=FormInput, required=False)


def preview(request: Request) -> HttpResponse:
    """Show a form that is put together as customers will see it, in one language."""
    asked = request.POST.get("language", "")
    language = asked if asked in LANGUAGES else "en"
    try:
        form = read_form(unpacked(request.POST.get("form", "[]")))
        require_order(form)
    except (Refusal, ValueError) as refused:
        return render(request, "asking/preview.html", {"refusal": str(refused)})
    with override(language):
        zone = get_current_timezone()
        sections = sections_of(form, language=language, at=request.at, zone=zone)
        context = {"sections": sections, "language": language}
        return render(request, "asking/preview.html", context)


def _save(request: Request, row: RequestType | None, values: Mapping[str, Any]) -> None:
    # All or nothing: what cannot be kept is still in the form.
    with transaction.atomic():
        names = Texts(ru=values["name_ru"], en=values["name_en"])
        kind = arranging.name_request_type(row, names=names, by=request.actor, at=request.at)
        given = values["form"]
        form = read_form([] if given is None else given)
        if form != (form_of(kind) if row else Form()):
            shape(kind, form, by=request.actor, at=request.at)


def _known(row: RequestType) -> dict[str, Any]:
    names = row.names
    return {"name_en": names.en, "name_ru": names.ru, "form": written_form(form_of(row))}


def _facts(row: RequestType) -> tuple[str, ...]:
    number = vars(row).get("asks", 0)
    words = ngettext("%(n)s question", "%(n)s questions", number) % {"n": number}
    return (words if number else "",)


TYPES = Noun(
    key="types",
    model=RequestType,
    form=TypeForm,
    right=CatalogueRight.MANAGE,
    title=_("Request types"),
    words=_("What kind of ticket it is, and what is asked for it."),
    add_words=_("New request type"),
    empty=_("Make the first request type."),
    rows=lambda _request: RequestType.objects.annotate(asks=Count("questions")).order_by(
        F("archived_at").desc(nulls_first=True), "name"
    ),
    facts=_facts,
    known=_known,
    save=_save,
    archive=lambda request, row: arranging.archive_request_type(
        row, by=request.actor, at=request.at
    ),
)
