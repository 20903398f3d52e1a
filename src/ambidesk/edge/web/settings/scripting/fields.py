"""Fields of a script: its flow, put together by an island as JSON."""

from typing import Any

from django import forms

from ambidesk.support.desk.steps.words import editor_of
from ambidesk.support.scripts.rules.flow import AnswerKind, StepKind


class FlowInput(forms.Textarea):
    """The place of the editor; what it makes lies in a hidden text."""

    template_name = "scripting/flow.html"

    def format_value(self, value: Any) -> Any:
        """Show the flow with the actions and kinds that there are."""
        kinds = [{"value": each.value, "label": str(each.label)} for each in StepKind]
        answers = [{"value": each.value, "label": str(each.label)} for each in AnswerKind]
        facts = {"kinds": kinds, "answers": answers}
        return {"text": value or '{"steps": []}', "actions": editor_of(), "facts": facts}
