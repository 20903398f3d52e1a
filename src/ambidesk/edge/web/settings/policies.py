"""Promises: which tickets, which times by which calendar, what pauses them, who is warned when."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ambidesk.across.automation.knowing import rules_by_event
from ambidesk.across.automation.levels import levels_of
from ambidesk.across.automation.models import Rule
from ambidesk.edge.web.settings.lengths import HELP, LengthField, LengthsField, written_length
from ambidesk.edge.web.settings.nouns import Noun
from ambidesk.edge.web.ui.conditions import ConditionField
from ambidesk.edge.web.ui.requests import Request
from ambidesk.ground.calendars.words import spoken
from ambidesk.service.sla.arranging import Promising, archive_policy
from ambidesk.service.sla.models import Policy, ServiceCalendar
from ambidesk.service.sla.models.clock import GoalKind
from ambidesk.service.sla.rights import SlaRight
from ambidesk.service.sla.rules.facts import Goal, Stage, Target
from ambidesk.service.sla.targets import read_targets, with_room
from ambidesk.support.promises.arranging import arrange_ticket_policy

# A number does not part from its unit at the end of a line.
NARROW = "\u00a0"
PAUSES = (
    (Stage.REQUESTER.value, _("Waiting for the requester")),
    (Stage.OTHER.value, _("Waiting for another party")),
    (Stage.HOLD.value, _("On hold")),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelRow:
    """A level in words, the rules that act on it, and where to make one."""

    label: str
    number: int | None
    rules: tuple[Rule, ...]
    add: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Levels:
    """What stands above a policy that is written: its levels and what they do."""

    rows: tuple[LevelRow, ...]
    template: str = "levels.html"


def _length(label: Any) -> LengthField:
    return LengthField(label=label, required=False, max_length=40, help_text=HELP)


class PolicyForm(forms.Form):
    """One policy."""

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
        help_text=_(
            "As 1 h, 15 min or 25 %. The first warns who has the ticket, the others the whole team."
        ),
    )
    condition = ConditionField(
        label=_("Tickets that it is for"),
        required=False,
        help_text=_("Without a condition it is for all."),
    )
    groups = (
        ("", "", "", ("name", "place", "calendar")),
        (
            "",
            _("Promised times"),
            "",
            ("first_response", "next_response", "resolution", "pauses", "warnings"),
        ),
        ("", "", "", ("condition",)),
    )


def targets_of(values: Mapping[str, Any]) -> list[Target]:
    """Make the targets."""
    return [
        Target(
            goal=goal,
            work=values[goal.value],
            pauses=frozenset(map(Stage, values["pauses"])),
            warnings=with_room(values["warnings"][0], values[goal.value]),
            percents=values["warnings"][1],
        )
        for goal in Goal
        if values[goal.value]
    ]


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
    shares = sorted(longest.percents, reverse=True)
    known: dict[str, Any] = {
        "name": policy.name,
        "place": policy.place,
        "calendar": policy.calendar,
        "condition": policy.condition,
        "pauses": sorted({stage.value for target in targets for stage in target.pauses}),
        "warnings": ", ".join(
            (*map(written_length, longest.warnings), *(f"{share} %" for share in shares))
        ),
    }
    known |= {target.goal.value: written_length(target.work) for target in targets}
    return known


def _levels(policy: Policy) -> Levels:
    """What happens at each level, beside the notices."""
    acting = rules_by_event()
    return Levels(
        rows=tuple(
            LevelRow(
                label=str(level.label),
                number=level.number,
                rules=acting.get(level.name, ()),
                add=f"{reverse('settings-rules-new')}?{urlencode({'events': level.name})}",
            )
            for level in levels_of(policy)
        )
    )


def _save(request: Request, policy: Policy | None, values: Mapping[str, Any]) -> None:
    said = Promising(
        name=values["name"],
        place=values["place"],
        condition=values["condition"],
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
    report=_levels,
)
