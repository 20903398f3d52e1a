"""Service calendars: the hours of a week, holidays, exceptions, and the year that comes of them."""

import json
import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import dates, timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from ambidesk.edge.web.settings.nouns import Noun
from ambidesk.edge.web.settings.weekly import read_exceptions, read_hours, written_week
from ambidesk.edge.web.settings.yearly import Years, drawn
from ambidesk.edge.web.settings.zones import zones
from ambidesk.edge.web.ui.requests import Request
from ambidesk.ground.calendars.official import country_names
from ambidesk.ground.calendars.reading import read
from ambidesk.ground.calendars.refusals import NoWorkingTime, WrongCalendar
from ambidesk.ground.calendars.spec import WEEKDAYS, CalendarSpec
from ambidesk.service.sla.arranging import archive_calendar, arrange_calendar
from ambidesk.service.sla.models import ServiceCalendar
from ambidesk.service.sla.rights import SlaRight

CLOSED = gettext_lazy("Closed")


def _countries() -> list[tuple[str, Any]]:
    names = country_names(get_language() or "en")
    return [("", gettext_lazy("None")), *sorted(names.items(), key=lambda pair: pair[1])]


def _day(label: Any, initial: str = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        max_length=200,
        initial=initial,
        widget=forms.TextInput(attrs={"placeholder": CLOSED}),
    )


OFFICE = "09:00-13:00, 14:00-18:00"


class CalendarForm(forms.Form):
    """A calendar; hours as 09:00-13:00, 14:00-18:00."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=80)
    zone = forms.ChoiceField(label=gettext_lazy("Zone"), choices=zones, initial="Europe/Moscow")
    mon = _day(dates.WEEKDAYS[0], OFFICE)
    tue = _day(dates.WEEKDAYS[1], OFFICE)
    wed = _day(dates.WEEKDAYS[2], OFFICE)
    thu = _day(dates.WEEKDAYS[3], OFFICE)
    fri = _day(dates.WEEKDAYS[4], OFFICE)
    sat = _day(dates.WEEKDAYS[5])
    sun = _day(dates.WEEKDAYS[6])
    country = forms.ChoiceField(
        label=gettext_lazy("Public holidays of"), choices=_countries, required=False
    )
    short_days = forms.BooleanField(
        label=gettext_lazy("The day before a public holiday ends an hour earlier"), required=False
    )
    exceptions = forms.CharField(
        label=gettext_lazy("Exceptions"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy(
            "A line a day: 2026-05-08 closed, or 2026-05-08 10:00-14:00, and a name if you like."
        ),
    )
    years = forms.CharField(
        label=gettext_lazy("Years that this version does not know yet"),
        required=False,
        max_length=100_000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy(
            'As JSON: {"2029": {"public": {"2029-01-01": "…"}, "off": {}, "working": {}}}'
        ),
    )
    groups = (
        ("", "", "", ("name", "zone")),
        (
            "week",
            gettext_lazy("Hours of the week"),
            gettext_lazy(
                "As 09:00-13:00, 14:00-18:00; a night is 22:00-06:00, a whole day 00:00-24:00."
            ),
            WEEKDAYS,
        ),
        ("", gettext_lazy("Holidays"), "", ("country", "short_days", "exceptions", "years")),
    )


def spec_of(values: Mapping[str, Any]) -> CalendarSpec:
    """
    Make a calendar of what was typed.

    Raises:
        WrongCalendar, NoWorkingTime: it is none; the field is named.
    """
    plain: dict[str, Any] = {
        "zone": values["zone"],
        "hours": {day: read_hours(values[day]) for day in WEEKDAYS if values[day].strip()},
        "exceptions": read_exceptions(values["exceptions"]),
    }
    if values["country"]:
        plain["holidays"] = {
            "country": values["country"],
            "short_days": values["short_days"],
            "years": _years(values["years"]),
        }
    try:
        return read(plain)
    except NoWorkingTime:
        raise NoWorkingTime(field="mon") from None
    except WrongCalendar as wrong:
        parts = re.split(r"[.\[]", wrong.field or "")
        field = next((part for part in reversed(parts) if part in CalendarForm.base_fields), None)
        raise WrongCalendar(field=field, **wrong.facts) from wrong


def _years(text: str) -> Any:
    try:
        return json.loads(text) if text.strip() else {}
    except (ValueError, RecursionError):
        raise WrongCalendar(field="years", where=_("Years"), what=_("this is no JSON")) from None


def _spec(row: ServiceCalendar) -> CalendarSpec:
    return read(row.current.spec)


def _rows(_request: Request) -> QuerySet[ServiceCalendar]:
    return ServiceCalendar.objects.order_by("archived_at", "name")


def _facts(row: ServiceCalendar) -> tuple[str, ...]:
    spec = row.current.spec
    holidays = spec.get("holidays")
    names = country_names(get_language() or "en")
    kept = (names.get(holidays["country"], holidays["country"]),) if holidays else ()
    return (str(spec["zone"]).replace("_", " "), *kept)


def _known(row: ServiceCalendar) -> dict[str, Any]:
    spec = row.current.spec
    holidays = spec.get("holidays") or {}
    years = holidays.get("years")
    return {
        "name": row.name,
        "zone": spec["zone"],
        **written_week(spec),
        "country": holidays.get("country", ""),
        "short_days": holidays.get("short_days", False),
        "years": json.dumps(years, ensure_ascii=False) if years else "",
    }


def _save(request: Request, row: ServiceCalendar | None, values: Mapping[str, Any]) -> None:
    spec = spec_of(values)
    arrange_calendar(row, name=values["name"], spec=spec, by=request.actor, at=request.at)


def _years_of(row: ServiceCalendar) -> Years:
    """Draw the running year and those loaded by hand, so that they can be checked by eye."""
    spec = _spec(row)
    loaded = spec.holidays.years if spec.holidays else {}
    shown = sorted({timezone.localdate().year, *loaded})
    return Years(years=[drawn(spec, year) for year in shown])


CALENDARS = Noun(
    key="calendars",
    model=ServiceCalendar,
    form=CalendarForm,
    right=SlaRight.MANAGE,
    title=gettext_lazy("Calendars"),
    words=gettext_lazy("When working time passes: promises count by these hours."),
    add_words=gettext_lazy("New calendar"),
    empty=gettext_lazy("Make the first calendar, then promise something by it."),
    rows=_rows,
    facts=_facts,
    known=_known,
    save=_save,
    archive=lambda request, row: archive_calendar(row, by=request.actor, at=request.at),
    report=_years_of,
)
