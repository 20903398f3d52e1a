"""Scripts: guided dialogues, written as a draft and published in versions."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from ambidesk.edge.web.settings import pages
from ambidesk.edge.web.settings.json_field import JsonField
from ambidesk.edge.web.settings.nouns import Noun
from ambidesk.edge.web.settings.scripting.fields import FlowInput
from ambidesk.edge.web.ui.conditions import ConditionField
from ambidesk.edge.web.ui.requests import Request
from ambidesk.parties.brands.models import Brand
from ambidesk.parties.staff.models import Team
from ambidesk.support.scripts import writing
from ambidesk.support.scripts.models import Script
from ambidesk.support.scripts.rights import ScriptRight
from ambidesk.support.scripts.writing import ScriptText


@dataclass(frozen=True, slots=True, kw_only=True)
class Going:
    """What stands above a script that is written: the way to how it goes."""

    pk: int
    template: str = "scripting/link.html"


class ScriptForm(forms.Form):
    """What it is called, how it goes, when it proposes itself, and for whom it is."""

    name = forms.CharField(label=_("Name"), max_length=80)
    flow = JsonField(label=_("Steps"), widget=FlowInput)
    proposed_when = ConditionField(
        label=_("Propose it on tickets where"),
        required=False,
        help_text=_("Without a condition it is begun by hand: b on a ticket."),
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


def _rows(_request: Request) -> QuerySet[Script]:
    return Script.objects.select_related("brand", "team").order_by("-archived_at", "name")


def _facts(row: Script) -> tuple[str, ...]:
    steps = len(row.draft.get("steps", []))
    words = ngettext("%(n)s step", "%(n)s steps", steps) % {"n": steps}
    return (words, ", ".join(str(each) for each in (row.brand, row.team) if each))


def _state(row: Script) -> tuple[str, str]:
    if row.published is None:
        return str(_("Draft")), "waiting"
    return str(_("Version %(number)s") % {"number": row.published}), "done"


def _save(request: Request, row: Script | None, values: Mapping[str, Any]) -> HttpResponse | None:
    said = ScriptText(**values)
    # All or nothing: what cannot be published is still in the form.
    with transaction.atomic():
        script = writing.write_script(row, said, by=request.actor, at=request.at)
        if "publish" in request.POST:
            writing.publish(script, by=request.actor, at=request.at)
    return pages.to(reverse("settings-scripts-going", args=[script.pk]))


def _archive(request: Request, row: Script) -> object:
    return writing.archive_script(row, by=request.actor, at=request.at)


SCRIPTS = Noun(
    key="scripts",
    model=Script,
    form=ScriptForm,
    right=ScriptRight.WRITE,
    title=_("Scripts"),
    words=_("Guided dialogues: what to ask, what to say, what to do, step by step."),
    add_words=_("New script"),
    empty=_("Write down how your best operator handles the same request every time."),
    rows=_rows,
    facts=_facts,
    known=lambda row: {
        "name": row.name,
        "flow": row.draft,
        "proposed_when": row.proposed_when,
        "brand": row.brand_id,
        "team": row.team_id,
    },
    save=_save,
    archive=_archive,
    state=_state,
    report=lambda row: Going(pk=row.pk) if row.published else None,
    aside="scripting/aside.html",
)
