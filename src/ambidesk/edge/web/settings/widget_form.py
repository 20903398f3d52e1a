"""The form of a widget: where it stands, how it looks and greets, what it asks, when it is open."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.dates import WEEKDAYS_ABBR
from django.utils.translation import gettext_lazy as _

from ambidesk.edge.web.settings.sections import Words
from ambidesk.parties.brands.models import Brand
from ambidesk.parties.staff.models import Team
from ambidesk.support.channels.widget.connecting import Widget
from ambidesk.support.channels.widget.manner import WEEK, Asks, Manner
from ambidesk.support.conversations.models import Channel

ASKS = [(Asks.NO, _("Do not ask")), (Asks.MAY, _("Ask, may stay empty")), (Asks.MUST, _("Require"))]
THEMES = [("auto", _("As the visitor's system")), ("light", _("Light")), ("dark", _("Dark"))]
POSITIONS = [("right", _("Bottom right")), ("left", _("Bottom left"))]
DAYS = list(zip(WEEK, WEEKDAYS_ABBR.values(), strict=True))
LONGEST_TEXT = 300
# As Django's own stubs call a text that is translated later.
Label = Any


def _text(label: Label) -> forms.CharField:
    widget = forms.TextInput(attrs={"data-preview-field": ""})
    return forms.CharField(label=label, max_length=LONGEST_TEXT, required=False, widget=widget)


def _time(label: Label, initial: str) -> forms.TimeField:
    widget = forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    return forms.TimeField(label=label, initial=initial, widget=widget)


class WidgetForm(forms.Form):
    """One widget of one brand."""

    name = forms.CharField(
        label=_("Name"),
        max_length=80,
        required=False,
        help_text=_("For the staff. Visitors see the name of the brand."),
    )
    brand = forms.ModelChoiceField(Brand.objects.filter(archived_at=None), label=_("Brand"))
    team = forms.ModelChoiceField(
        Team.objects.filter(archived_at=None),
        label=_("Team"),
        required=False,
        empty_label=_("No team"),
        help_text=_("New conversations wait in its queue."),
    )
    origins = forms.CharField(
        label=_("Sites"),
        widget=forms.Textarea(attrs={"rows": 3, "placeholder": "https://shop.example"}),
        max_length=10_000,
        help_text=_("One a line. The widget answers pages of these sites and no others."),
    )
    accent = forms.RegexField(
        r"^#[0-9a-fA-F]{6}$",
        label=_("Colour"),
        required=False,
        widget=forms.TextInput(attrs={"placeholder": "#3b5bdb", "data-preview-field": ""}),
        help_text=_("Left empty, the brand's own."),
    )
    theme = forms.ChoiceField(label=_("Appearance"), choices=THEMES)
    position = forms.ChoiceField(label=_("Place on the page"), choices=POSITIONS)
    greeting_ru = _text(_("Greeting in Russian"))
    greeting_en = _text(_("Greeting in English"))
    asks_name = forms.ChoiceField(label=_("Name"), choices=ASKS, initial=Asks.MAY)
    asks_email = forms.ChoiceField(label=_("E-mail"), choices=ASKS, initial=Asks.MAY)
    zone = forms.CharField(label=_("Time zone"), max_length=60, initial="Europe/Moscow")
    days = forms.TypedMultipleChoiceField(
        label=_("Days"),
        choices=DAYS,
        coerce=int,
        initial=WEEK,
        widget=forms.CheckboxSelectMultiple,
    )
    opens = _time(_("From"), "09:00")
    closes = _time(_("Until"), "21:00")
    hours_ru = _text(_("Hours in words, in Russian"))
    hours_en = _text(_("Hours in words, in English"))
    shows_wait = forms.BooleanField(
        label=_("Tell visitors their place in the queue and the expected wait"), required=False
    )
    asks_rating = forms.BooleanField(
        label=_("Ask for a rating once a conversation is over"), required=False, initial=True
    )

    groups: ClassVar[tuple[tuple[str, Words, Words, tuple[str, ...]], ...]] = (
        ("", "", "", ("name", "brand", "team", "origins")),
        (
            "pairs",
            _("Look"),
            "",
            ("accent", "theme", "position", "greeting_ru", "greeting_en"),
        ),
        ("pairs", _("Before a conversation"), "", ("asks_name", "asks_email")),
        (
            "pairs",
            _("Hours"),
            _("Outside them visitors leave a question and are answered by mail."),
            ("zone", "days", "opens", "closes", "hours_ru", "hours_en"),
        ),
        ("", _("Manners"), "", ("shows_wait", "asks_rating")),
    )


def known(channel: Channel) -> dict[str, Any]:
    """What the form shows of a widget."""
    manner = Manner.read(channel.settings)
    same = ("accent", "theme", "position", "asks_name", "asks_email", "zone", "days")
    return {
        "name": channel.name,
        "brand": channel.brand_id,
        "team": channel.team_id,
        "origins": "\n".join(manner.origins),
        "greeting_ru": manner.greeting.get("ru", ""),
        "greeting_en": manner.greeting.get("en", ""),
        "hours_ru": manner.hours_text.get("ru", ""),
        "hours_en": manner.hours_text.get("en", ""),
        "opens": manner.opens,
        "closes": manner.closes,
        "shows_wait": manner.shows_wait,
        "asks_rating": manner.asks_rating,
        **{name: getattr(manner, name) for name in same},
    }


def widget_in(values: Mapping[str, Any]) -> Widget:
    """Read the widget out of a valid form."""
    manner = Manner(
        origins=tuple(values["origins"].replace(",", " ").split()),
        accent=values["accent"].lower(),
        theme=values["theme"],
        position=values["position"],
        greeting={"ru": values["greeting_ru"], "en": values["greeting_en"]},
        hours_text={"ru": values["hours_ru"], "en": values["hours_en"]},
        asks_name=Asks(values["asks_name"]),
        asks_email=Asks(values["asks_email"]),
        zone=values["zone"].strip(),
        days=tuple(sorted(values["days"])),
        opens=values["opens"].strftime("%H:%M"),
        closes=values["closes"].strftime("%H:%M"),
        shows_wait=values["shows_wait"],
        asks_rating=values["asks_rating"],
    )
    return Widget(
        brand=values["brand"], team=values["team"], name=values["name"].strip(), manner=manner
    )
