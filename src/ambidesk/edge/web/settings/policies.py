"""Promises: which tickets, which times by which calendar, what pauses them, who is warned when."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from ambidesk.edge.web.settings.lengths import HELP, LengthField, LengthsField, written_length
from ambidesk.edge.web.settings.nouns import Noun
from ambidesk.edge.web.ui.requests import Request
from ambidesk.ground.calendars.words import spoken
from ambidesk.parties.brands.models import Brand
from ambidesk.parties.staff.models import Team
from ambidesk.service.catalogue.models import Category, RequestType
from ambidesk.service.sla.arranging import Promising, archive_policy
from ambidesk.service.sla.models import Policy, ServiceCalendar
from ambidesk.service.sla.models.clock import GoalKind
from ambidesk.service.sla.rights import SlaRight
from ambidesk.service.sla.rules.facts import Goal, Stage, Target
from ambidesk.service.sla.targets import read_targets
from ambidesk.support.promises.arranging import arrange_ticket_policy
from ambidesk.support.tickets.models import Priority

# What the form asks for, by the field of the condition that it makes.
ASKED = {
    "priority": "one_of",
    "brand": "one_of",
    "team": "one_of",
    "request_type": "one_of",
    "category": "within",
}
# A number does not part from its unit at the end of a line.
NARROW = "\u00a0"
PAUSES = (
    (Stage.REQUESTER.value, _("Waiting for the requester")),
    (Stage.OTHER.value, _("Waiting for another party")),
    (Stage.HOLD.value, _("On hold")),
)


def _many(rows: QuerySet[Any], label: Any) -> Any:
    return forms.ModelMultipleChoiceField(
        rows, label=label, widget=forms.CheckboxSelectMultiple, required=False
    )


def _length(label: Any) -> LengthField:
    return LengthField(label=label, required=False, max_length=40, help_text=HELP)


class PolicyForm(forms.Form):
    """One policy; a ticket must fit every list with a choice."""

    name = forms.CharField(label=_("Name"), max_length=80)
    place = forms.IntegerField(
        label=_("Order"),
        min_value=1,
        max_value=1000,
        initial=10,
        help_text=_("Of the policies that fit a ticket the one with the lowest number is taken."),
    )
    calendar = forms.ModelChoiceField(
        ServiceCalendar.objects.filter(archived_at=None), label=_("Calendar")
    )
    first_response = _length(_("First response"))
    next_response = _length(_("Next response"))
    resolution = _length(_("Resolution"))
    pauses = forms.MultipleChoiceField(
        label=_("No time passes while"),
        choices=PAUSES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        initial=[Stage.REQUESTER.value],
    )
    warnings = LengthsField(
        label=_("Warn when so much is left"),
        required=False,
        max_length=200,
        initial="1 h, 15 min",
        help_text=_("The first warning goes to who has the ticket, each further one to the team."),
    )
    priority = forms.TypedMultipleChoiceField(
        label=_("Priorities"),
        choices=Priority.choices,
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    brand = _many(Brand.objects.filter(archived_at=None), _("Brands"))
    team = _many(Team.objects.filter(archived_at=None), _("Teams"))
    request_type = _many(RequestType.objects.filter(archived_at=None), _("Types"))
    category = _many(Category.objects.filter(archived_at=None), _("Categories"))
    groups = (
        ("", "", "", ("name", "place", "calendar")),
        (
            "",
            _("Promised times"),
            "",
            ("first_response", "next_response", "resolution", "pauses", "warnings"),
        ),
        (
            "",
            _("Tickets that it is for"),
            _("A ticket must fit every list with a choice. Without any choice it is for all."),
            tuple(ASKED),
        ),
    )


def targets_of(values: Mapping[str, Any]) -> list[Target]:
    """Make the targets; a warning that a short one has no room for is left out there."""
    return [
        Target(
            goal=goal,
            work=values[goal.value],
            pauses=frozenset(map(Stage, values["pauses"])),
            warnings=tuple(left for left in values["warnings"] if left < values[goal.value]),
        )
        for goal in Goal
        if values[goal.value]
    ]


def condition_of(values: Mapping[str, Any]) -> dict[str, Any] | None:
    """Make the condition that the form asks for; None where nothing is chosen."""
    chosen = ((field, operator, values[field]) for field, operator in ASKED.items())
    parts = [
        {"field": field, "operator": operator, "value": [getattr(row, "pk", row) for row in rows]}
        for field, operator, rows in chosen
        if rows
    ]
    return {"all": parts} if parts else None


def _rows(_request: Request) -> QuerySet[Policy]:
    return Policy.objects.select_related("calendar").order_by("archived_at", "place", "pk")


def _facts(policy: Policy) -> tuple[str, ...]:
    told = (
        f"{GoalKind(target.goal.value).label}: {spoken(target.work).replace(' ', NARROW)}"
        for target in read_targets(policy.current.targets)
    )
    return (*told, policy.calendar.name)


def _known(policy: Policy) -> dict[str, Any]:
    targets = read_targets(policy.current.targets)
    longest = max(targets, key=lambda target: len(target.warnings))
    known: dict[str, Any] = {
        "name": policy.name,
        "place": policy.place,
        "calendar": policy.calendar,
        "pauses": sorted({stage.value for target in targets for stage in target.pauses}),
        "warnings": ", ".join(map(written_length, longest.warnings)),
    }
    known |= {target.goal.value: written_length(target.work) for target in targets}
    for part in (policy.condition or {}).get("all", []):
        if part.get("field") in ASKED:
            known[part["field"]] = part.get("value", [])
    return known


def _save(request: Request, policy: Policy | None, values: Mapping[str, Any]) -> None:
    said = Promising(
        name=values["name"],
        place=values["place"],
        condition=condition_of(values),
        calendar=values["calendar"],
        targets=targets_of(values),
    )
    arrange_ticket_policy(policy, said, by=request.actor, at=request.at)


POLICIES = Noun(
    key="policies",
    model=Policy,
    form=PolicyForm,
    right=SlaRight.MANAGE,
    title=_("Promises"),
    words=_("What is promised to whom: until when an answer comes and the matter is solved."),
    add_words=_("New promise"),
    empty=_("Promise the first answer within four hours, for example."),
    rows=_rows,
    facts=_facts,
    known=_known,
    save=_save,
    archive=lambda request, policy: archive_policy(policy, by=request.actor, at=request.at),
)
