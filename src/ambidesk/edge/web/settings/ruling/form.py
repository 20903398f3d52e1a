"""The form of a rule: when, if, then; what it means is judged by the verb."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ambidesk.across.automation.acting import offered_to_rules
from ambidesk.across.automation.levels import level_of
from ambidesk.across.automation.models import Rule
from ambidesk.across.automation.saying import Turn
from ambidesk.across.automation.triggers import all_triggers
from ambidesk.across.automation.writing import RuleText
from ambidesk.edge.web.settings.stepping import StepsField, StepsInput
from ambidesk.edge.web.ui.conditions import ConditionField
from ambidesk.ground.conditions.operators import Unit
from ambidesk.service.sla.models import ServiceCalendar
from ambidesk.support.desk.steps.words import editor_of

EVENT, TIME = "event", "time"


class RuleStepsInput(StepsInput):
    """Steps that a rule can be made of."""

    def format_value(self, value: Any) -> Any:
        """Show the steps with what rules can do."""
        return {"text": value or "[]", "actions": editor_of(offered_to_rules())}


def _events() -> list[tuple[str, Any]]:
    return [(each.name, each.label) for each in all_triggers()]


class RuleForm(forms.Form):
    """One rule, in one column."""

    name = forms.CharField(label=_("Name"), max_length=80)
    kind = forms.ChoiceField(
        label=_("It acts"),
        choices=((EVENT, _("as soon as")), (TIME, _("after a time"))),
        widget=forms.RadioSelect,
        initial=EVENT,
    )
    events = forms.MultipleChoiceField(
        label=_("One of these happens"),
        choices=_events,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    turn = forms.ChoiceField(label=_("So long"), choices=Turn.choices, required=False)
    amount = forms.IntegerField(
        label=_("How long"), min_value=1, max_value=600_000, required=False, initial=3
    )
    unit = forms.ChoiceField(
        label=pgettext_lazy("of time", "Unit"),
        choices=Unit.choices,
        required=False,
        initial=Unit.DAYS,
    )
    calendar = forms.ModelChoiceField(
        ServiceCalendar.objects.filter(archived_at=None),
        label=_("Counted by"),
        required=False,
        empty_label=_("The clock, day and night"),
    )
    condition = ConditionField(
        label=_("Conditions"),
        required=False,
        help_text=_("Without any it is for every ticket."),
    )
    then = StepsField(label=_("Steps"), widget=RuleStepsInput)
    groups = (
        ("", "", "", ("name",)),
        ("rule-when", _("When"), "", ("kind", "events", "turn", "amount", "unit", "calendar")),
        ("rule-if", pgettext_lazy("part of a rule", "If"), "", ("condition",)),
        ("rule-then", pgettext_lazy("part of a rule", "Then"), "", ("then",)),
    )

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        # Levels of promises are offered where they are chosen: all of them would be a wall.
        names = self["events"].value() or []
        levels = [(level.name, level.label) for name in names if (level := level_of(name))]
        events = self.fields["events"]
        if isinstance(events, forms.MultipleChoiceField):
            events.choices = [*levels, *_events()]


def text_of(values: Mapping[str, Any]) -> RuleText:
    """Make of the form's values what the verb reads."""
    when: dict[str, Any] = {"events": values["events"]}
    if values["kind"] == TIME:
        calendar = values["calendar"]
        when = {
            "state": values["turn"],
            "amount": values["amount"] or 0,
            "unit": values["unit"],
            "calendar": calendar.pk if calendar else None,
        }
    return RuleText(
        name=values["name"], when=when, condition=values["condition"], then=values["then"]
    )


def known_of(rule: Rule) -> dict[str, Any]:
    """Fill the form with a rule."""
    said = rule.current.said
    when = said["when"]
    known = {"name": rule.name, "condition": said["if"], "then": said["then"]}
    if "events" in when:
        return {**known, "kind": EVENT, "events": when["events"]}
    return {
        **known,
        "kind": TIME,
        "turn": when["state"],
        "amount": when["amount"],
        "unit": when["unit"],
        "calendar": when["calendar"],
    }
