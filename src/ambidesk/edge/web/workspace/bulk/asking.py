"""What a form over many tickets asks for: which tickets, and which steps."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from ambidesk.edge.web.ui.requests import Request
from ambidesk.edge.web.workspace.inbox.page import number_of
from ambidesk.ground.kernel.refusal import AboveLimit, InvalidInput
from ambidesk.service.catalogue.models import Tag
from ambidesk.support.desk.batches.beginning import MOST
from ambidesk.support.desk.steps.step import Step, read_steps
from ambidesk.support.desk.viewing import rows_of, view_of

PAGE = 100
STATES = {"solved": "tickets.solve", "closed": "tickets.close", "reopened": "tickets.reopen"}


class ChooseFewer(AboveLimit):
    """More were named than a page may hold."""

    sentence = _("Choose at most %(most)s tickets, or all of the view.")


class NothingAsked(InvalidInput):
    """The form asks for no change."""

    sentence = _("Choose what to change.")


def numbers_of(request: Request) -> list[int]:
    """
    Give the numbers of the chosen tickets, or of all that a view holds now.

    Raises:
        ChooseFewer: more than a hundred are named one by one.
        UnknownView: the reader has no such view.
    """
    if request.POST.get("all"):
        view = view_of(request.actor, request.POST.get("view", ""))
        rows = rows_of(view, actor=request.actor, at=request.at)
        return list(rows.order_by("pk").values_list("pk", flat=True)[: MOST + 1])
    named = request.POST.getlist("ticket")
    if len(named) > PAGE:
        raise ChooseFewer(most=PAGE)
    return sorted({number for each in named if (number := number_of(each))})


def steps_of(request: Request) -> tuple[Step, ...]:
    """
    Read the steps that the form asks for.

    Raises:
        NothingAsked: none.
        InvalidInput: they make no sense.
    """
    given = request.POST
    steps = [make(given[name]) for name, make in FIELDS.items() if given.get(name)]
    if not steps:
        raise NothingAsked
    return read_steps(steps)


def _assignee(given: str) -> dict[str, Any]:
    if given == "me":
        return {"action": "tickets.take"}
    key = None if given == "nobody" else number_of(given)
    return {"action": "tickets.give", "parameters": {"assignee_id": key}}


def _state(given: str) -> dict[str, Any]:
    if given in STATES:
        return {"action": STATES[given]}
    return {"action": "tickets.wait", "parameters": {"state": given}}


def _tag_of(word: str, field: str) -> Tag | None:
    """What is out of use can be taken off, never put on."""
    rows = Tag.objects.filter(name__iexact=word)
    return (rows.filter(archived_at=None) if field == "add_ids" else rows).first()


def _tag(field: str) -> Callable[[str], dict[str, Any]]:
    def make(given: str) -> dict[str, Any]:
        row = _tag_of(given.strip(), field)
        keys = [row.pk if row else 0]
        return {"action": "tickets.tag", "parameters": {field: keys}}

    return make


FIELDS: Mapping[str, Callable[[str], dict[str, Any]]] = {
    "team": lambda given: {
        "action": "tickets.hand_over",
        "parameters": {"team_id": number_of(given)},
    },
    "assignee": _assignee,
    "priority": lambda given: {
        "action": "tickets.prioritise",
        "parameters": {"priority": number_of(given)},
    },
    "tag": _tag("add_ids"),
    "untag": _tag("remove_ids"),
    "state": _state,
}
