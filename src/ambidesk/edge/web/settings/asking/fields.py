"""Custom fields: listed, made, changed and archived."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.db.models import Count, F
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

from ambidesk.edge.web.settings.json_field import JsonField
from ambidesk.edge.web.settings.nouns import Noun
from ambidesk.edge.web.ui.requests import Request
from ambidesk.ground.fields import defining
from ambidesk.ground.fields.defining import Choice, Wanted
from ambidesk.ground.fields.models import Definition
from ambidesk.ground.fields.rules.spec import CHOSEN, Kind, Limits, Texts
from ambidesk.ground.fields.rules.values import NO, YES
from ambidesk.service.catalogue.rights import CatalogueRight

# Who a person is stays among the staff.
PUBLIC = " ".join(each.value for each in Kind if each is not Kind.PERSON)
USED_FIRST = F("archived_at").desc(nulls_first=True)
LIMITS = ("currency", "unit", "digits", "least", "most", "longest", "mask")
NUMBER, WORDS, CHOICE = "whole decimal money", "text long", "choice several tree"


def _for(kinds: str, **more: object) -> dict[str, object]:
    """Which kinds a setting is for; an island hides it from the others."""
    return {"data-for-kinds": kinds, **more}


class OptionsInput(forms.Textarea):
    """The place of the editor of choices; what it makes lies in a hidden text."""

    template_name = "asking/options.html"


class FieldForm(forms.Form):
    """What a field is called, what may stand in it, and who sees it."""

    label_en = forms.CharField(label=_("Name in English"), max_length=120, required=False)
    label_ru = forms.CharField(label=_("Name in Russian"), max_length=120, required=False)
    help_en = forms.CharField(label=_("Help in English"), max_length=300, required=False)
    help_ru = forms.CharField(label=_("Help in Russian"), max_length=300, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=Kind.choices, initial=Kind.TEXT)
    choices = JsonField(label=_("Choices"), widget=OptionsInput(_for(CHOICE)), required=False)
    currency = forms.CharField(
        label=_("Currency"),
        max_length=3,
        required=False,
        help_text=_("Its three letters, such as EUR."),
        widget=forms.TextInput(_for("money")),
    )
    unit = forms.CharField(
        label=_("Unit"),
        max_length=20,
        required=False,
        widget=forms.TextInput(_for("whole decimal")),
    )
    digits = forms.IntegerField(
        label=_("Digits after the point"),
        min_value=0,
        max_value=6,
        initial=2,
        required=False,
        widget=forms.NumberInput(_for("decimal")),
    )
    least = forms.DecimalField(
        label=_("At least"), required=False, widget=forms.NumberInput(_for(NUMBER, step="any"))
    )
    most = forms.DecimalField(
        label=_("At most"), required=False, widget=forms.NumberInput(_for(NUMBER, step="any"))
    )
    longest = forms.IntegerField(
        label=_("Letters at most"),
        min_value=1,
        max_value=10_000,
        required=False,
        widget=forms.NumberInput(_for(WORDS)),
    )
    mask = forms.CharField(
        label=_("Written like"),
        max_length=60,
        required=False,
        help_text=_("# is a digit, @ a letter: @@-#### takes AB-1234."),
        widget=forms.TextInput(_for("text")),
    )
    default = forms.CharField(
        label=_("Stands there to begin with"),
        max_length=500,
        required=False,
        widget=forms.TextInput(_for("text long whole decimal money email phone link")),
    )
    answer = forms.ChoiceField(
        label=_("Stands there to begin with"),
        choices=[("", _("Nothing")), ("yes", _("Yes")), ("no", _("No"))],
        required=False,
        widget=forms.Select(_for("yes")),
    )
    is_public = forms.BooleanField(
        label=_("Customers see it"),
        required=False,
        initial=True,
        widget=forms.CheckboxInput(_for(PUBLIC)),
    )
    groups = (
        ("", "", "", ("kind", "choices")),
        ("pairs", _("Words"), "", ("label_en", "label_ru", "help_en", "help_ru")),
        ("pairs", _("Limits"), "", LIMITS),
        ("", "", "", ("default", "answer", "is_public")),
    )


def _save(request: Request, row: Definition | None, values: Mapping[str, Any]) -> None:
    kind = Kind(values["kind"])
    wanted = Wanted(
        kind=kind,
        label=Texts(en=values["label_en"], ru=values["label_ru"]),
        help=Texts(en=values["help_en"], ru=values["help_ru"]),
        limits=_limits(kind, values),
        choices=tuple(_choices(values["choices"] or [])) if kind in CHOSEN else (),
        default=_default(kind, values),
        is_public=values["is_public"],
    )
    defining.define(row, wanted=wanted, by=request.actor, at=request.at)


def _default(kind: Kind, values: Mapping[str, Any]) -> Any:
    if kind is Kind.YES:
        return values["answer"] == YES if values["answer"] else None
    # Which choice stands there is said in the editor of choices.
    return None if kind in CHOSEN else values["default"]


def _limits(kind: Kind, values: Mapping[str, Any]) -> Limits:
    """Only the limits of the kind: what an island hid may still be there."""
    asked = FieldForm.base_fields
    mine = {
        name: values[name]
        for name in LIMITS
        if kind in str(asked[name].widget.attrs["data-for-kinds"]).split()
    }
    if isinstance(mine.get("currency"), str):
        mine["currency"] = mine["currency"].strip().upper()
    return Limits(**{name: value for name, value in mine.items() if value not in (None, "")})


def _choices(given: Any) -> Iterable[Choice]:
    if not isinstance(given, list):
        return
    for each in given:
        if isinstance(each, dict) and (each.get("en") or each.get("ru")):
            yield Choice(
                id=each["id"] if isinstance(each.get("id"), int) else None,
                label=Texts(en=str(each.get("en", ""))[:120], ru=str(each.get("ru", ""))[:120]),
                depth=each["depth"] if each.get("depth") in range(10) else 0,
                is_archived=each.get("archived") is True,
                stands=each.get("stands") is True,
            )


def _known(row: Definition) -> dict[str, Any]:
    spec = row.spec
    stand = row.default if isinstance(row.default, list) else []
    options = [
        {
            "id": each.id,
            "en": each.label.en,
            "ru": each.label.ru,
            "depth": len(list(spec.path_of(each.id))) - 1,
            "archived": each.is_archived,
            "stands": each.id in stand,
        }
        for each in spec.options
    ]
    return {
        "label_en": row.label_en,
        "label_ru": row.label_ru,
        "help_en": row.help_en,
        "help_ru": row.help_ru,
        "kind": row.kind,
        "choices": json.dumps(options),
        "default": row.default if isinstance(row.default, str) else "",
        "answer": YES if row.default is True else NO if row.default is False else "",
        "is_public": row.is_public,
        **{name: getattr(spec.limits, name) for name in LIMITS},
    }


def _facts(row: Definition) -> tuple[str, ...]:
    number = vars(row).get("asked_times", 0)
    times = ngettext("in %(n)s form", "in %(n)s forms", number) % {"n": number}
    return str(Kind(row.kind).label), times if number else ""


FIELDS = Noun(
    key="fields",
    model=Definition,
    form=FieldForm,
    right=CatalogueRight.MANAGE,
    title=_("Fields"),
    words=_("What your tickets have that others do not: a serial number, a floor, an amount."),
    add_words=_("New field"),
    empty=_("Make the first field, then ask for it in the form of a request type."),
    rows=lambda _request: Definition.objects.annotate(asked_times=Count("questions")).order_by(
        USED_FIRST, "label_en" if (get_language() or "en") == "en" else "label_ru", "pk"
    ),
    facts=_facts,
    state=lambda row: ("", "") if row.is_public else (_("Staff only"), ""),
    known=_known,
    save=_save,
    archive=lambda request, row: defining.archive(row, by=request.actor, at=request.at),
)
