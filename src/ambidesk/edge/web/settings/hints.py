"""Hints: what the card says by itself when its circumstances are such."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from ambidesk.across.automation.rights import RuleRight
from ambidesk.across.context.arranging import HintText, archive_hint, write_hint
from ambidesk.across.context.knowing import FIELDS
from ambidesk.across.context.models import Hint, LookKind
from ambidesk.across.context.rules.hints import Look
from ambidesk.edge.web.settings.nouns import Noun
from ambidesk.edge.web.ui.conditions import ConditionField
from ambidesk.edge.web.ui.requests import Request


class HintForm(forms.Form):
    """One hint."""

    name = forms.CharField(label=_("Name"), max_length=80)
    condition = ConditionField(label=_("When"), vocabulary="context")
    words = forms.CharField(
        label=_("What it says"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("What is known is filled in: {{contract_days}}, {{debt}}, {{asset}}."),
    )
    look = forms.ChoiceField(
        label=_("How much it matters"), choices=LookKind.choices, initial=Look.WARNING.value
    )
    place = forms.IntegerField(
        label=_("Order"),
        min_value=1,
        max_value=1000,
        initial=10,
        help_text=_("The hint with the lowest number stands on top."),
    )

    def __init__(self, *args: Any, **known: Any) -> None:
        super().__init__(*args, **known)
        self.fields["words"].widget.attrs["title"] = ", ".join(field.name for field in FIELDS)


def _rows(_request: Request) -> QuerySet[Hint]:
    return Hint.objects.order_by("archived_at", "place", "pk")


def _known(hint: Hint) -> dict[str, Any]:
    return {
        "name": hint.name,
        "condition": hint.condition,
        "words": hint.words,
        "look": hint.look,
        "place": hint.place,
    }


def _save(request: Request, hint: Hint | None, values: Mapping[str, Any]) -> None:
    text = HintText(**{**values, "look": Look(values["look"])})
    write_hint(hint, text, by=request.actor, at=request.at)


HINTS = Noun(
    key="hints",
    model=Hint,
    form=HintForm,
    right=RuleRight.MANAGE,
    title=_("Hints"),
    words=_("What operators read on the card by itself: a contract that ends, a third failure."),
    add_words=_("New hint"),
    empty=_("Say for example when a contract ends within twenty days."),
    rows=_rows,
    facts=lambda hint: (str(LookKind(hint.look).label),),
    known=_known,
    save=_save,
    beneath=lambda hint: hint.words,
    archive=lambda request, hint: archive_hint(hint, by=request.actor, at=request.at),
)
