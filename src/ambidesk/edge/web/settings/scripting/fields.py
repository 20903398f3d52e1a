"""Fields of a script: its flow and its condition, put together by an island as JSON."""

import json
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ambidesk.support.desk.steps.words import editor_of
from ambidesk.support.scripts.rules.flow import AnswerKind, StepKind

LONGEST = 400_000


class FlowInput(forms.Textarea):
    """The place of the editor; what it makes lies in a hidden text."""

    template_name = "scripting/flow.html"

    def format_value(self, value: Any) -> Any:
        """Show the flow with the actions and kinds that there are."""
        kinds = [{"value": each.value, "label": str(each.label)} for each in StepKind]
        answers = [{"value": each.value, "label": str(each.label)} for each in AnswerKind]
        facts = {"kinds": kinds, "answers": answers}
        return {"text": value or '{"steps": []}', "actions": editor_of(), "facts": facts}


class ConditionInput(forms.Textarea):
    """The place of the builder of conditions."""

    template_name = "scripting/condition.html"


class JsonField(forms.CharField):
    """JSON that an island made; what it means is judged by the verb."""

    def __init__(self, **more: Any) -> None:
        super().__init__(max_length=LONGEST, **more)

    def prepare_value(self, value: Any) -> Any:
        """Show it as the text that the island reads."""
        return value if isinstance(value, str) or value is None else json.dumps(value)

    def clean(self, value: Any) -> Any:
        """Read the JSON."""
        text = super().clean(value)
        try:
            return json.loads(text) if text else None
        except ValueError as wrong:
            raise forms.ValidationError(_("The script did not arrive whole.")) from wrong
