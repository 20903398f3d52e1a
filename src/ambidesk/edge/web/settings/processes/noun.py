"""Processes: drawn as a draft and published in versions."""

from collections.abc import Mapping
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
from ambidesk.edge.web.settings.processes.fields import PlanInput
from ambidesk.edge.web.settings.processes.versions import leading
from ambidesk.edge.web.ui.requests import Request
from ambidesk.service.catalogue.models import RequestType
from ambidesk.service.workflow import drawing
from ambidesk.service.workflow.drawing import ProcessText
from ambidesk.service.workflow.models import Process
from ambidesk.service.workflow.rights import WorkflowRight
from ambidesk.support.stages.sensing import sense_of


class ProcessForm(forms.Form):
    """What it is called, where it begins by itself, and its stages."""

    name_en = forms.CharField(label=_("Name in English"), max_length=80, required=False)
    name_ru = forms.CharField(label=_("Name in Russian"), max_length=80, required=False)
    request_type = forms.ModelChoiceField(
        RequestType.objects.filter(archived_at=None),
        label=_("Begins by itself on tickets of type"),
        required=False,
        empty_label=_("Begun by hand"),
    )
    plan = JsonField(label=_("Stages"), widget=PlanInput)


def _rows(_request: Request) -> QuerySet[Process]:
    return Process.objects.select_related("request_type").order_by("-archived_at", "name_en", "pk")


def _facts(row: Process) -> tuple[str, ...]:
    stages = len(row.draft.get("stages", []))
    words = ngettext("%(n)s stage", "%(n)s stages", stages) % {"n": stages}
    return (words, str(row.request_type or ""))


def _state(row: Process) -> tuple[str, str]:
    if row.published is None:
        return str(_("Draft")), "waiting"
    return str(_("Version %(number)s") % {"number": row.published}), "done"


def _save(request: Request, row: Process | None, values: Mapping[str, Any]) -> HttpResponse | None:
    said = ProcessText(**values)
    # All or nothing: what cannot be published is still in the form.
    with transaction.atomic():
        process = drawing.write_process(row, said, by=request.actor, at=request.at)
        if "publish" in request.POST:
            sense = sense_of(request.actor)
            drawing.publish(process, sense, by=request.actor, at=request.at)
    return pages.to(reverse("settings-processes-one", args=[process.pk]))


def _archive(request: Request, row: Process) -> object:
    return drawing.archive_process(row, by=request.actor, at=request.at)


PROCESSES = Noun(
    key="processes",
    model=Process,
    form=ProcessForm,
    right=WorkflowRight.DRAW,
    title=_("Processes"),
    words=_("The stages that a ticket goes through: who is in charge, until when, what is done."),
    add_words=_("New process"),
    empty=_("Draw the way of a repair or a complaint once, and every ticket shows where it is."),
    rows=_rows,
    facts=_facts,
    known=lambda row: {
        "name_en": row.name_en,
        "name_ru": row.name_ru,
        "request_type": row.request_type_id,
        "plan": row.draft,
    },
    save=_save,
    archive=_archive,
    state=_state,
    report=leading,
    aside="processes/aside.html",
)
