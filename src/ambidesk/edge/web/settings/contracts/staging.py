"""The rows of a draft that say how long a stage may take, chosen from the processes there are."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from ambidesk.edge.web.settings.contracts.rows import LATEST, PickField, RowForm
from ambidesk.edge.web.settings.lengths import LengthField
from ambidesk.service.contracts.models import Contract, StagePromise
from ambidesk.service.contracts.said import StageSaid
from ambidesk.service.sla.models import ServiceCalendar
from ambidesk.service.workflow.models import Process
from ambidesk.service.workflow.rules.plan import StageKind
from ambidesk.service.workflow.rules.reading import read_plan

HOW_LONG = gettext_lazy("As 4 h, 1 h 30 min or 45 min of working time.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Staged:
    """A stage of a process; without a number each of its stages."""

    process: Process
    stage: int | None
    label: str

    def __str__(self) -> str:
        return self.label


class StageField(PickField):
    """A choice of processes and their stages."""

    def valid_value(self, value: Any) -> bool:
        """Refuse what was not offered."""
        return isinstance(value, Staged)


class StageForm(RowForm):
    """How long a stage may take."""

    kept = "stage_promises"
    archived = ("process", "calendar")

    process = StageField(
        QuerySet(Process), gettext_lazy("Stage"), empty=gettext_lazy("Each stage of any process")
    )
    line = forms.CharField(
        label=gettext_lazy("Only for lines of the clause"), max_length=30, required=False
    )
    work = LengthField(label=gettext_lazy("At most"), max_length=40, help_text=HOW_LONG)
    warning = LengthField(
        label=gettext_lazy("Warn when there is left"), max_length=40, required=False
    )
    waits = forms.BooleanField(
        label=gettext_lazy("Stands still while others are waited for"), required=False
    )
    calendar = PickField(
        QuerySet(ServiceCalendar),
        gettext_lazy("Calendar"),
        empty=gettext_lazy("That of the promise"),
    )

    @classmethod
    def among(cls, contract: Contract, name: str, *, source: QuerySet[Any]) -> QuerySet[Any]:
        """Offer processes that were published, and calendars in use or named already."""
        if name == "process":
            return super().among(contract, name, source=source.filter(published__isnull=False))
        # Here the calendar is kept beside the stage, not among the promises.
        versions = contract.versions.order_by("-number").values("pk")[:LATEST]
        named = StagePromise.objects.filter(version__in=versions).values("calendar")
        return source.filter(archived_at=None) | source.filter(pk__in=named)

    @classmethod
    def keyed(cls, contract: Contract, name: str, *, rows: QuerySet[Any]) -> Mapping[str, Any]:
        """Give each process and each of its stages, and stages that are gone but named."""
        if name != "process":
            return super().keyed(contract, name, rows=rows)
        offered = {key: each for row in rows for key, each in _stages(row)}
        versions = contract.versions.order_by("-number").values("pk")[:LATEST]
        named = StagePromise.objects.filter(version__in=versions, stage__isnull=False)
        for each in named.select_related("process"):
            key = f"{each.process_id}-{each.stage}"
            if key not in offered and each.process is not None:
                label = _("%(process)s: a stage that is gone") % {"process": each.process}
                offered[key] = Staged(process=each.process, stage=each.stage, label=label)
        return offered

    def clean(self) -> dict[str, Any]:
        """Take process and stage apart."""
        said = dict(self.cleaned_data)
        chosen = said.pop("process", None)
        said["process"] = chosen.process if chosen else None
        said["stage"] = chosen.stage if chosen else None
        said["line"] = said.get("line", "").strip()
        return said


def key_of(said: StageSaid) -> str:
    """Give what a browser sends for the stage of a row."""
    if said.process is None:
        return ""
    return str(said.process.pk) if said.stage is None else f"{said.process.pk}-{said.stage}"


def _stages(row: Process) -> Iterator[tuple[str, Staged]]:
    each = _("%(process)s: each stage") % {"process": row}
    yield str(row.pk), Staged(process=row, stage=None, label=each)
    for stage in read_plan(row.draft).stages:
        if stage.kind is not StageKind.END:
            label = f"{row}: {stage.name.said(get_language() or 'en')}"
            yield f"{row.pk}-{stage.id}", Staged(process=row, stage=stage.id, label=label)
