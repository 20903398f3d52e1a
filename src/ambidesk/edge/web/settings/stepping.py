"""A field of steps: actions of the one list in an order, put together by an island."""

import json
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel.unpacking import unpacked
from ambidesk.support.desk.steps.words import editor_of

LONGEST = 50_000


class StepsInput(forms.Textarea):
    """The place of the island; what it makes lies in a hidden text."""

    template_name = "steps.html"

    def format_value(self, value: Any) -> Any:
        """Show the steps with what can be done, and its typed parameters."""
        return {"text": value or "[]", "actions": editor_of()}


class StepsField(forms.CharField):
    """Steps as JSON; what they mean is judged by the verb."""

    widget = StepsInput

    def __init__(self, **more: Any) -> None:
        super().__init__(max_length=LONGEST, **more)

    def prepare_value(self, value: Any) -> Any:
        """Show steps as the text that the island reads."""
        return value if isinstance(value, str) else json.dumps(value or [])

    def clean(self, value: Any) -> Any:
        """Read the JSON."""
        try:
            return unpacked(super().clean(value))
        except ValueError as wrong:
            raise forms.ValidationError(_("The steps did not arrive whole.")) from wrong
