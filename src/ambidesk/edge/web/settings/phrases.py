"""Templates: answers that are given often, with the variables they may name."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from ambidesk.edge.web.settings.nouns import Noun
from ambidesk.edge.web.settings.whose import WhoseForm, used_words, whose_words
from ambidesk.edge.web.ui.requests import Request
from ambidesk.service.catalogue.rights import CatalogueRight
from ambidesk.support.desk import phrasing
from ambidesk.support.desk.models import Template

NAMES = " ".join(f"{{{{{name}}}}}" for name in phrasing.VARIABLES)


LONGEST = 10_000
LONGEST_ID = 18


def preview(request: Request) -> HttpResponse:
    """Show what a template would say, while it is written."""
    brand = request.POST.get("brand", "")
    try:
        example = phrasing.preview(
            request.POST.get("text", "")[:LONGEST],
            brand=int(brand) if brand.isdecimal() and len(brand) < LONGEST_ID else None,
            by=request.actor,
        )
    except phrasing.UnknownVariable as unknown:
        return render(request, "template_preview.html", {"problem": str(unknown)})
    return render(
        request, "template_preview.html", {"words": example.text, "number": example.number}
    )


class TemplateForm(WhoseForm):
    """One answer and for whom it is."""

    name = forms.CharField(
        label=_("Name"), max_length=80, help_text=_("Found by it when you type / in an answer.")
    )
    text = forms.CharField(
        label=_("Text"),
        widget=forms.Textarea(attrs={"rows": 8}),
        max_length=LONGEST,
        help_text=format_lazy("{} {}", _("These are filled in:"), NAMES),
    )
    language = forms.ChoiceField(
        label=_("Language"),
        choices=[("", _("Any language")), ("ru", "Русский"), ("en", "English")],
        required=False,
    )


def _rows(_request: Request) -> QuerySet[Template]:
    return Template.objects.select_related("brand", "team").order_by(
        "-archived_at", "-used_times", "name"
    )


def _facts(row: Template) -> tuple[str, ...]:
    return (whose_words(row), row.language, used_words(row))


def _save(request: Request, row: Template | None, values: Mapping[str, Any]) -> None:
    phrasing.write_template(row, **values, by=request.actor, at=request.at)


def _archive(request: Request, row: Template) -> object:
    return phrasing.archive_template(row, by=request.actor, at=request.at)


TEMPLATES = Noun(
    key="templates",
    model=Template,
    form=TemplateForm,
    right=CatalogueRight.MANAGE,
    title=_("Templates"),
    words=_("Answers that are given often. Type / in an answer to use one."),
    add_words=_("New template"),
    empty=_("Write the answer that you give most often."),
    rows=_rows,
    beneath=lambda row: " ".join(phrasing.spelled(row.text).split()),
    facts=_facts,
    known=lambda row: {
        "name": row.name,
        "text": row.text,
        "language": row.language,
        "brand": row.brand_id,
        "team": row.team_id,
    },
    save=_save,
    archive=_archive,
    aside="template_aside.html",
)
