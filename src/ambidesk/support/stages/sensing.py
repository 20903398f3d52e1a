"""Sensing: what plans may name where tickets go by them."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.conditions.parsing import read
from ambidesk.ground.fields.models import Definition
from ambidesk.ground.kernel import actions
from ambidesk.ground.kernel.refusal import InvalidInput, Refusal
from ambidesk.ground.reach.actor import Actor
from ambidesk.service.approvals.rules.deciding import Kind
from ambidesk.service.contractors.models import Contractor
from ambidesk.service.workflow.sense import Sense
from ambidesk.support.desk.steps.step import ELSEWHERE, read_steps, require_rights
from ambidesk.support.tickets.fields import TICKET_VOCABULARY
from ambidesk.support.tickets.models import State, Ticket
from ambidesk.support.tickets.rules.states import ENDED

# A stage says the state itself, nobody is its "oneself", and moves are made by people and rules.
NOT_FOR_STAGES = ELSEWHERE | {
    "desk.answer_with",
    "desk.say",
    "stages.begin",
    "stages.go",
    "tickets.close",
    "tickets.reopen",
    "tickets.solve",
    "tickets.take",
    "tickets.wait",
}
# Columns of the ticket that a stage can require, by key; custom fields are field_N.
COLUMNS: Mapping[str, tuple[str, str | Promise]] = {
    "assignee": ("assignee_id", _("Assignee")),
    "category": ("category_id", _("Category")),
    "request_type": ("request_type_id", _("Type")),
}


class NotForStages(InvalidInput):
    """Another door does this."""

    sentence = _("A stage cannot do this: %(label)s.")


def offered_to_stages() -> tuple[actions.Action, ...]:
    """The actions that entering or leaving a stage can be made of."""
    return tuple(each for each in actions.all_actions() if is_for_stages(each.name))


def is_for_stages(name: str) -> bool:
    """Say whether a stage can do the action of this name."""
    return name not in NOT_FOR_STAGES and not name.startswith("automation.")


def sense_of(by: Actor) -> Sense:
    """Say what this actor may publish: they must be allowed to do themselves what a stage does."""

    def guard(given: Mapping[str, Any]) -> str:
        try:
            read(given, TICKET_VOCABULARY)
        except Refusal as senseless:
            return str(senseless)
        return ""

    def action(given: Mapping[str, Any]) -> str:
        try:
            steps = read_steps([dict(given)])
            require_rights(steps, by=by)
        except Refusal as senseless:
            return str(senseless)
        if is_for_stages(steps[0].action):
            return ""
        return str(NotForStages(label=actions.named(steps[0].action).label))

    states = {state.value: state in ENDED for state in State}
    return Sense(
        states=states,
        fields=field_names(),
        guard=guard,
        action=action,
        going=(State.NEW.value, State.OPEN.value),
        contractors=frozenset(Contractor.objects.engaged().values_list("pk", flat=True)),
        approvals=Kind.values,
    )


def field_names() -> dict[str, str | Promise]:
    """What a stage can require, by key, with what it is called."""
    language = get_language() or "en"
    rows = Definition.objects.filter(archived_at=None).prefetch_related("options")
    custom = {row.spec.name: row.spec.label.said(language) for row in rows}
    return {**{key: label for key, (_column, label) in COLUMNS.items()}, **custom}


def filled_in(ticket: Ticket, answers: Mapping[int, object]) -> frozenset[str]:
    """The keys of what is known of a ticket; `answers` are those of its custom fields."""
    columns = {key for key, (name, _label) in COLUMNS.items() if getattr(ticket, name) is not None}
    custom = {f"field_{key}" for key, value in answers.items() if value not in (None, "", ())}
    return frozenset(columns | custom)
