"""
Conditions in forms: `ConditionField(label=...)` is the builder, wherever conditions are asked for.

Its value is JSON for the verb to read, None where nothing is asked; `vocabulary` names whose fields
and relations it offers. Show it by `<c-field :field="form.condition" />`; a change is told in the
page by a `condition` event.
"""

import json
from typing import Any

from django import forms
from django.http import Http404, HttpResponse, JsonResponse
from django.utils.translation import gettext_lazy as _

from ambidesk.edge.web.ui.requests import Request
from ambidesk.ground.conditions.describing import described, in_words
from ambidesk.ground.conditions.parsing import read
from ambidesk.ground.conditions.vocabularies import Vocabulary, registered
from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.ground.kernel.unpacking import unpacked

LONGEST = 50_000
EMPTY: tuple[object, ...] = (None, {"all": []}, {"any": []}, {"not": {"any": []}})


class ConditionInput(forms.Textarea):
    """The place of the builder; what it makes lies in a hidden text."""

    template_name = "ui/condition.html"
    # Many controls stand in it: its label is a legend.
    is_group = True
    vocabulary = "ticket"

    def format_value(self, value: Any) -> Any:
        """Show the condition beside whose fields are asked."""
        return {"text": value or "", "vocabulary": self.vocabulary}


class ConditionField(forms.CharField):
    """A condition as the builder sends it."""

    widget = ConditionInput

    def __init__(self, *, vocabulary: str = "ticket", **more: Any) -> None:
        super().__init__(max_length=LONGEST, **more)
        self.widget.vocabulary = vocabulary

    def prepare_value(self, value: Any) -> Any:
        """Show it as the text that the island reads."""
        return value if isinstance(value, str) or value is None else json.dumps(value)

    def clean(self, value: Any) -> Any:
        """Read the JSON; what it means is judged by the verb."""
        text = super().clean(value)
        try:
            condition = unpacked(text) if text else None
        except ValueError as wrong:
            raise forms.ValidationError(_("The conditions did not arrive whole.")) from wrong
        if condition not in EMPTY:
            return condition
        if self.required:
            raise forms.ValidationError(self.error_messages["required"], code="required")
        return None


def offer(request: Request, vocabulary: str) -> HttpResponse:
    """Tell the builder what can be asked."""
    return JsonResponse(described(_named(vocabulary), actor=request.actor))


def say(request: Request, vocabulary: str) -> HttpResponse:
    """Say a condition in words, or what is wrong with it."""
    known = _named(vocabulary)
    try:
        condition = unpacked(request.POST.get("condition", "")[:LONGEST])
    except ValueError:
        condition = None
    if condition in EMPTY:
        return JsonResponse({"words": "", "problem": ""})
    try:
        words = in_words(read(condition, known), known, actor=request.actor)
    except Refusal as refused:
        return JsonResponse({"words": "", "problem": str(refused)})
    return JsonResponse({"words": words, "problem": ""})


def _named(name: str) -> Vocabulary:
    found = registered(name)
    if found is None:
        raise Http404
    return found
