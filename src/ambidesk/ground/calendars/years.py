"""
The rule of holidays as JSON, with years that were loaded by hand.

{"country": "RU", "short_days": true, "years": {"2028": {"public": {"2028-01-01": "..."},
"off": {"2028-02-25": ""}, "working": {"2028-02-19": "2028-02-25"}}}}
"""

from datetime import date

from django.utils.translation import gettext as _

from ambidesk.ground.calendars.official import countries
from ambidesk.ground.calendars.parts import Part
from ambidesk.ground.calendars.spec import HolidayRule, HolidayYear

KEYS = ("country", "subdivision", "short_days", "years")


def read_rule(part: Part) -> HolidayRule:
    """
    Read whose holidays are kept.

    Raises:
        WrongCalendar: the country is not known, or a key is not as it should be.
    """
    keys = part.keys(required={"country"}, possible=KEYS)
    country = keys["country"].text().upper()
    known = countries()
    if country not in known:
        raise keys["country"].wrong(_("no holidays are known of “%(name)s”") % {"name": country})
    subdivision = keys["subdivision"].text() if "subdivision" in keys else ""
    if subdivision and subdivision not in known[country]:
        raise keys["subdivision"].wrong(_("%(country)s has no such part") % {"country": country})
    return HolidayRule(
        country=country,
        subdivision=subdivision,
        short_days=keys["short_days"].truth() if "short_days" in keys else False,
        years=_years(keys["years"]) if "years" in keys else {},
    )


def written_rule(rule: HolidayRule) -> dict[str, object]:
    """Write whose holidays are kept."""
    plain: dict[str, object] = {"country": rule.country}
    if rule.subdivision:
        plain["subdivision"] = rule.subdivision
    if rule.short_days:
        plain["short_days"] = True
    if rule.years:
        plain["years"] = {str(year): written_year(each) for year, each in rule.years.items()}
    return plain


def read_year(part: Part, *, year: int) -> HolidayYear:
    """Read one year of an official calendar; every day lies in it, but for those replaced."""
    keys = part.keys(required={"public"}, possible=("public", "off", "working"))
    working: dict[date, date] = {}
    for text, replaced in keys["working"].pairs() if "working" in keys else ():
        working[_day_of(text, replaced, year=year)] = replaced.day()
    return HolidayYear(
        public=_named_days(keys["public"], year=year),
        off=_named_days(keys["off"], year=year) if "off" in keys else {},
        working=working,
    )


def written_year(year: HolidayYear) -> dict[str, object]:
    """Write one year of an official calendar."""
    return {
        "public": {day.isoformat(): name for day, name in sorted(year.public.items())},
        "off": {day.isoformat(): name for day, name in sorted(year.off.items())},
        "working": {day.isoformat(): of.isoformat() for day, of in sorted(year.working.items())},
    }


def _years(part: Part) -> dict[int, HolidayYear]:
    found: dict[int, HolidayYear] = {}
    for text, each in part.pairs():
        if not (text.isascii() and text.isdigit() and len(text) == len("2028")):
            raise each.wrong(_("here belongs a year, as 2028"))
        found[int(text)] = read_year(each, year=int(text))
    return found


def _named_days(part: Part, *, year: int) -> dict[date, str]:
    found: dict[date, str] = {}
    for text, each in part.pairs():
        if not isinstance(each.given, str):
            raise each.wrong(_("here belongs a name, if an empty one"))
        found[_day_of(text, each, year=year)] = each.given
    return found


def _day_of(text: str, part: Part, *, year: int) -> date:
    day = Part(text, part.path, part.lines).day()
    if day.year != year:
        raise part.wrong(_("this day is not in %(year)d") % {"year": year})
    return day
