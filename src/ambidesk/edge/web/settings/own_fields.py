"""Own fields: which of them cards and classes of equipment have, and which are needed."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.fields.models import Definition
from ambidesk.ground.fields.rules.spec import Kind


def own_fields(**words: Any) -> Any:
    """Ask for some of the fields that stand for no person; none is fine."""
    rows = Definition.objects.filter(archived_at=None).exclude(kind=Kind.PERSON)
    return forms.ModelMultipleChoiceField(
        rows, widget=forms.CheckboxSelectMultiple, required=False, **words
    )


def needed_fields() -> Any:
    """Ask for those that have to say something."""
    words = _("Without these no form is taken, and no new row of a file.")
    return own_fields(label=_("Needed of them"), help_text=words)
