"""Words of steps: what each parameter is called and may be, and a step in one line."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ambidesk.ground.fields.models import Definition
from ambidesk.ground.kernel import actions
from ambidesk.ground.kernel.parameters import Parameter, declared
from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.parties.staff.models import Member, Team
from ambidesk.service.catalogue.models import Category, RequestType, Tag
from ambidesk.service.workflow.models import Process
from ambidesk.support.desk.models import Template
from ambidesk.support.desk.phrasing import spelled
from ambidesk.support.desk.steps.controls import Controls, of_fields, of_processes
from ambidesk.support.desk.steps.step import Step, offered
from ambidesk.support.tickets.models import State
from ambidesk.support.webhooks.models import Webhook

Rows = Callable[[], QuerySet[Any]]
Names = Mapping[str, Mapping[Any, str]]


def _standing(model: Any) -> Rows:
    return lambda: model.objects.filter(archived_at=None)


def _members() -> QuerySet[Member]:
    rows = Member.objects.filter(user__is_active=True).select_related("user")
    return rows.order_by("user__name", "pk")


def _webhooks() -> QuerySet[Webhook]:
    return Webhook.objects.filter(enabled=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """
    A parameter that is called something, and chosen among rows where it names one.

    What its control is may depend `on` another one: `controls` by what that one names.
    """

    label: str | Promise
    rows: Rows | None = None
    on: str = ""
    controls: Callable[[Collection[int] | None], Controls] | None = None


KNOWN: Mapping[str, Known] = {
    "assignee_id": Known(label=gettext_lazy("Colleague"), rows=_members),
    "team_id": Known(label=gettext_lazy("Team"), rows=_standing(Team)),
    "add_ids": Known(label=gettext_lazy("Put on"), rows=Tag.objects.all),
    "remove_ids": Known(label=gettext_lazy("Take off"), rows=Tag.objects.all),
    "category_id": Known(label=gettext_lazy("Category"), rows=_standing(Category)),
    "request_type_id": Known(label=gettext_lazy("Type"), rows=_standing(RequestType)),
    "template_id": Known(label=gettext_lazy("Template"), rows=_standing(Template)),
    "priority": Known(label=gettext_lazy("Priority")),
    "state": Known(label=gettext_lazy("State")),
    "reason": Known(label=gettext_lazy("Why")),
    "tried": Known(label=gettext_lazy("What was tried")),
    "text": Known(label=gettext_lazy("Text")),
    "hours": Known(label=gettext_lazy("Hours")),
    "field_id": Known(label=gettext_lazy("Field"), rows=_standing(Definition)),
    "given": Known(label=gettext_lazy("What stands in it"), on="field_id", controls=of_fields),
    "subject": Known(label=gettext_lazy("Subject")),
    "webhook_id": Known(label=gettext_lazy("Webhook"), rows=_webhooks),
    "process_id": Known(label=gettext_lazy("Process"), rows=_standing(Process)),
    "transition": Known(label=gettext_lazy("Step"), on="process_id", controls=of_processes),
    "whom": Known(label=gettext_lazy("Whom")),
}
# A state that is reached by an action of its own, or by nobody's hand.
NOT_BY_HAND = {State.NEW, State.SOLVED, State.CLOSED}


def editor_of(among: Sequence[actions.Action] = ()) -> list[dict[str, Any]]:
    """Describe actions, those of macros or others, for an editor in the browser."""
    return [
        {
            "name": action.name,
            "label": str(action.label),
            "parameters": [_described(each) for each in declared(action.parameters)],
        }
        for action in among or offered()
    ]


def _described(parameter: Parameter) -> dict[str, Any]:
    known = KNOWN.get(parameter.name)
    options: list[dict[str, Any]] | None = None
    if known and known.rows:
        options = [{"value": row.pk, "label": str(row)} for row in known.rows()]
    elif parameter.choices:
        options = [
            {"value": each.value, "label": str(getattr(each, "label", each.value))}
            for each in parameter.choices
            if each not in NOT_BY_HAND
        ]
    return {
        "name": parameter.name,
        "label": str(known.label) if known else parameter.name,
        "type": parameter.type.__name__ if not parameter.choices else "choice",
        "many": parameter.many,
        "required": parameter.required,
        "options": options,
        **_dependent(known),
    }


def _dependent(known: Known | None) -> dict[str, Any]:
    if known is None or known.controls is None:
        return {}
    controls = {key: each.described() for key, each in known.controls(None).items()}
    return {"on": known.on, "controls": controls}


def in_words(steps: Sequence[Step]) -> str:
    """Say steps in one line; what they name and is gone is said so."""
    return in_words_each([steps])[0]


def in_words_each(many: Sequence[Sequence[Step]]) -> list[str]:
    """Say each of several lists of steps in one line; rows of a kind are asked for once."""
    names = _names([step for steps in many for step in steps])
    return ["; ".join(_step_in_words(step, names) for step in steps) for steps in many]


def _step_in_words(step: Step, names: Names) -> str:
    try:
        action = actions.named(step.action)
    except Refusal as gone:
        return str(gone)
    by_name = {each.name: each for each in declared(action.parameters)}
    values = [
        _said(by_name[name], value, names, of=step.parameters.get(_on(name)))
        for name, value in step.parameters.items()
        if name in by_name
    ]
    said = ", ".join(each for each in values if each)
    return f"{action.label}: {said}" if said else str(action.label)


def _on(name: str) -> str:
    return KNOWN[name].on if name in KNOWN else ""


def _said(parameter: Parameter, value: Any, names: Names, *, of: Any) -> str:
    if _on(parameter.name):
        known = names[parameter.name]
        return ", ".join(known.get((of, each), spelled(str(each))) for each in _keys(value))
    if parameter.choices:
        return next(
            (
                str(getattr(each, "label", value))
                for each in parameter.choices
                if each.value == value
            ),
            "?",
        )
    if parameter.name in names:
        known = {None: _("Nobody"), **names[parameter.name]}
        sign = {"add_ids": "+", "remove_ids": "−"}.get(parameter.name, "")
        return ", ".join(f"{sign}{known.get(key, '?')}" for key in _keys(value))
    words = " ".join(spelled(str(value)).split())
    return words if len(words) <= 80 else f"{words[:79]}…"


def _names(steps: Sequence[Step]) -> Names:
    """Name the rows that steps point to, by the parameter and the key."""
    return {**_rows_named(steps), **_choices_named(steps)}


def _choices_named(steps: Sequence[Step]) -> Names:
    """Name what depends on another parameter, by what that one names and the key."""
    found: dict[str, dict[Any, str]] = {}
    for name, known in KNOWN.items():
        if known.controls is None:
            continue
        named = {step.parameters.get(known.on) for step in steps if name in step.parameters}
        controls = (
            known.controls([each for each in named if isinstance(each, int)]) if named else {}
        )
        found[name] = {
            (key, value): label
            for key, control in controls.items()
            for value, label in control.options or ()
        }
    return found


def _rows_named(steps: Iterable[Step]) -> Names:
    wanted: dict[str, set[Any]] = defaultdict(set)
    for step in steps:
        for name, value in step.parameters.items():
            if name in KNOWN and KNOWN[name].rows:
                wanted[name].update(_keys(value))
    return {
        name: {row.pk: str(row) for row in rows().filter(pk__in=keys - {None})}
        for name, keys in wanted.items()
        if (rows := KNOWN[name].rows)
    }


def _keys(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [value]
