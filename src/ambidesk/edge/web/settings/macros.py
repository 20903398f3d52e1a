"""Macros: many actions at once, for a brand, a team, or everybody."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from ambidesk.edge.web.settings.nouns import Noun
from ambidesk.edge.web.settings.stepping import StepsField
from ambidesk.edge.web.ui.requests import Request
from ambidesk.parties.brands.models import Brand
from ambidesk.parties.staff.models import Team
from ambidesk.service.catalogue.rights import CatalogueRight
from ambidesk.support.desk.macros import writing
from ambidesk.support.desk.macros.writing import MacroText
from ambidesk.support.desk.models import Macro
from ambidesk.support.desk.steps.step import kept_steps
from ambidesk.support.desk.steps.words import in_words


class MacroForm(forms.Form):
    """What it is called, what it does, and for whom it is."""

    name = forms.CharField(
        label=_("Name"), max_length=80, help_text=_("Found by it when you press m on a ticket.")
    )
    steps = StepsField(
        label=_("Steps"),
        help_text=_("They are done in this order, all of them or none."),
    )
    brand = forms.ModelChoiceField(
        Brand.objects.filter(archived_at=None),
        label=_("Only for brand"),
        required=False,
        empty_label=_("All brands"),
    )
    team = forms.ModelChoiceField(
        Team.objects.filter(archived_at=None),
        label=_("Only for team"),
        required=False,
        empty_label=_("All teams"),
    )


def _rows(_request: Request) -> QuerySet[Macro]:
    rows = Macro.objects.select_related("brand", "team")
    return rows.order_by("-archived_at", "-used_times", "name")


def _facts(row: Macro) -> tuple[str, ...]:
    whose = ", ".join(str(each) for each in (row.brand, row.team) if each)
    used = ngettext("used %(n)s time", "used %(n)s times", row.used_times) % {"n": row.used_times}
    return (whose, used)


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
