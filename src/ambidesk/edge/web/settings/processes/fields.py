"""Fields of a process: its plan, drawn by an island as JSON."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ambidesk.parties.staff.models import Team
from ambidesk.service.approvals.rules.deciding import Kind
from ambidesk.service.contractors.engaging import called_in
from ambidesk.service.sla.models import ServiceCalendar
from ambidesk.service.workflow.rules.plan import StageKind
from ambidesk.service.workflow.rules.writing import written
from ambidesk.service.workflow.shipped import SHIPPED
from ambidesk.support.desk.steps.words import editor_of
from ambidesk.support.stages.sensing import field_names, offered_to_stages
from ambidesk.support.tickets.models import State


class PlanInput(forms.Textarea):
    """The place of the designer; what it makes lies in a hidden text."""

    template_name = "processes/plan.html"

    def format_value(self, value: Any) -> Any:
        """Show the plan with all that it can name."""
        return {
            "text": value or '{"stages": [], "transitions": []}',
            "actions": editor_of(offered_to_stages()),
            "facts": _facts(),
        }


def _facts() -> dict[str, Any]:
    teams = Team.objects.filter(archived_at=None).order_by("name")
    contractors = called_in()
    calendars = ServiceCalendar.objects.filter(archived_at=None).order_by("name")
    return {
        "kinds": [{"value": each.value, "label": str(each.label)} for each in StageKind],
        "states": [{"value": each.value, "label": str(each.label)} for each in State],
        "contractors": [{"value": str(each.pk), "label": str(each)} for each in contractors],
        "teams": [{"value": str(each.pk), "label": each.name} for each in teams],
        "calendars": [
            {"value": "", "label": _("around the clock")},
            *({"value": str(each.pk), "label": each.name} for each in calendars),
        ],
        "fields": [{"value": key, "label": str(label)} for key, label in field_names().items()],
        "approvals": [{"value": each.value, "label": str(each.label)} for each in Kind],
        "shipped": [
            {
                "label": each.names.said(get_language() or "en"),
                "en": each.names.en,
                "ru": each.names.ru,
                "plan": written(each.plan),
            }
            for each in SHIPPED
        ],
    }
