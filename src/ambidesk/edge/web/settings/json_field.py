"""A field of a form whose content an island puts together as JSON."""

import json
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel.unpacking import unpacked

LONGEST = 400_000


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
            return unpacked(text) if text else None
        except ValueError as wrong:
            raise forms.ValidationError(_("This did not arrive whole. Try again.")) from wrong
