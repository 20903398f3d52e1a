"""Macros: many actions at once, for a brand, a team, or everybody."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from ambidesk.edge.web.settings.nouns import Noun
from ambidesk.edge.web.settings.stepping import StepsField
from ambidesk.edge.web.settings.whose import WhoseForm, used_words, whose_words
from ambidesk.edge.web.ui.requests import Request
from ambidesk.service.catalogue.rights import CatalogueRight
from ambidesk.support.desk.macros import writing
from ambidesk.support.desk.macros.writing import MacroText
from ambidesk.support.desk.models import Macro
from ambidesk.support.desk.steps.step import kept_steps
from ambidesk.support.desk.steps.words import in_words


class MacroForm(WhoseForm):
    """What it is called, what it does, and for whom it is."""

    name = forms.CharField(
        label=_("Name"), max_length=80, help_text=_("Found by it when you press m on a ticket.")
    )
    steps = StepsField(
        label=_("Steps"),
        help_text=_("They are done in this order, all of them or none."),
    )


def _rows(_request: Request) -> QuerySet[Macro]:
    rows = Macro.objects.select_related("brand", "team")
    return rows.order_by("-archived_at", "-used_times", "name")


def _facts(row: Macro) -> tuple[str, ...]:
    return (whose_words(row), used_words(row))


def _save(request: Request, row: Macro | None, values: Mapping[str, Any]) -> None:
    writing.write_macro(row, MacroText(**values), by=request.actor, at=request.at)


def _archive(request: Request, row: Macro) -> object:
    return writing.archive_macro(row, by=request.actor, at=request.at)


MACROS = Noun(
    key="macros",
    model=Macro,
    form=MacroForm,
    right=CatalogueRight.MANAGE,
    title=_("Macros"),
    words=_("Several actions at once. Press m on a ticket to use one."),
    add_words=_("New macro"),
    empty=_("Put together what you do with the same kind of ticket every time."),
    rows=_rows,
    beneath=lambda row: in_words(kept_steps(row.steps)),
    facts=_facts,
    known=lambda row: {
        "name": row.name,
        "steps": row.steps,
        "brand": row.brand_id,
        "team": row.team_id,
    },
    save=_save,
    archive=_archive,
)
