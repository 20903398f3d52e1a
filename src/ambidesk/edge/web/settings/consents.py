"""Consent documents: the words that people agree to, by purpose, brand and language."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from ambidesk.edge.web.settings.nouns import Noun
from ambidesk.edge.web.ui.requests import Request
from ambidesk.parties.brands.models import Brand
from ambidesk.parties.consents.models import ConsentDocument, Purpose
from ambidesk.parties.consents.publishing import publish_document
from ambidesk.parties.consents.rights import ConsentRight

ASKED = [(each.value, each.label) for each in Purpose if each is not Purpose.SERVICE]


class DocumentForm(forms.Form):
    """The words of the next version."""

    purpose = forms.ChoiceField(label=_("Purpose"), choices=ASKED)
    brand = forms.ModelChoiceField(
        Brand.objects.filter(archived_at=None),
        label=_("Only for brand"),
        required=False,
        empty_label=_("All brands"),
    )
    language = forms.ChoiceField(
        label=_("Language"), choices=[("ru", "Русский"), ("en", "English")]
    )
    text = forms.CharField(
        label=_("Text"),
        widget=forms.Textarea(attrs={"rows": 10}),
        max_length=20_000,
        help_text=_(
            "Saving publishes a new version. Whoever agreed before agreed to the one before."
        ),
    )


def _rows(_request: Request) -> QuerySet[ConsentDocument]:
    latest = ConsentDocument.objects.order_by("purpose", "brand_id", "language", "-version")
    return latest.distinct("purpose", "brand_id", "language").select_related("brand")


def _facts(document: ConsentDocument) -> tuple[str, ...]:
    return (document.brand.name if document.brand else "",)


def _known(document: ConsentDocument) -> dict[str, Any]:
    return {
        "purpose": document.purpose,
        "brand": document.brand,
        "language": document.language,
        "text": document.text,
    }


def _save(request: Request, _row: ConsentDocument | None, values: Mapping[str, Any]) -> None:
    publish_document(
        Purpose(values["purpose"]),
        text=values["text"],
        language=values["language"],
        brand=values["brand"],
        by=request.actor,
        at=request.at,
    )


CONSENTS = Noun(
    key="consents",
    model=ConsentDocument,
    form=DocumentForm,
    right=ConsentRight.MANAGE,
    title=_("Consents"),
    words=_("What people agree to. A consent names the version of the words that were shown."),
    add_words=_("New document"),
    empty=_("Write what people agree to before you ask them."),
    rows=_rows,
    facts=_facts,
    known=_known,
    save=_save,
    beneath=lambda document: Truncator(document.text).chars(120),
)
