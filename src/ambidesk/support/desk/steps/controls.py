"""Controls that depend on another parameter: what stands in a field, a step of a process."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

from ambidesk.ground.fields.models import Definition
from ambidesk.ground.fields.rules import values
from ambidesk.ground.fields.rules.spec import CHOSEN, Kind, Spec
from ambidesk.service.workflow.models import Process

TYPES = {
    Kind.LONG: "long",
    Kind.DAY: "date",
    Kind.INSTANT: "datetime-local",
    Kind.EMAIL: "email",
    Kind.PHONE: "tel",
    Kind.LINK: "url",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """Which control it is: the type of an input, "choice" or "several"; and the choices."""

    type: str
    options: tuple[tuple[Any, str], ...] | None = None

    def described(self) -> dict[str, Any]:
        """Describe it for an editor in the browser."""
        options = self.options
        choices = None if options is None else [{"value": v, "label": w} for v, w in options]
        return {"type": self.type, "options": choices}


Controls = Mapping[int, Control]


def of_fields(among: Collection[int] | None = None) -> Controls:
    """Give the control of each field in use, or of these, by its id."""
    rows = Definition.objects.prefetch_related("options")
    wanted = rows.filter(archived_at=None) if among is None else rows.filter(pk__in=among)
    return {row.pk: _of_field(row.spec) for row in wanted}


def of_processes(among: Collection[int] | None = None) -> Controls:
    """Give the steps of each published process, or of these, by its id."""
    rows = Process.objects.filter(published__isnull=False)
    wanted = rows.filter(archived_at=None) if among is None else rows.filter(pk__in=among)
    return {row.pk: Control(type="choice", options=_steps(row)) for row in wanted}


def _of_field(spec: Spec) -> Control:
    language = get_language() or "en"
    if spec.kind is Kind.YES:
        return Control(type="choice", options=values.yes_and_no(language))
    if spec.kind in CHOSEN:
        standing = [each for each in spec.options if not each.is_archived]
        named = tuple(
            (str(each.id), values.in_words(spec, (each.id,), language=language))
            for each in standing
        )
        return Control(type="several" if spec.kind is Kind.SEVERAL else "choice", options=named)
    return Control(type=TYPES.get(spec.kind, "text"))


def _steps(process: Process) -> tuple[tuple[int, str], ...]:
    version = process.current
    if version is None:
        return ()
    language, plan = get_language() or "en", version.plan
    names = {stage.id: stage.name.said(language) for stage in plan.stages}
    return tuple(
        (
            way.id,
            f"{names.get(way.source, '?')} → {way.label.said(language) or _ends(way.to, names)}",
        )
        for way in plan.transitions
    )


def _ends(stages: tuple[int, ...], names: Mapping[int, str]) -> str:
    return ", ".join(names.get(each, "?") for each in stages)
