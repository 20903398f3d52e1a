"""
The official calendar of a country by years: holidays, moved days off, working weekends.

From the library `holidays`, or from a year that was loaded by hand.
"""

from collections.abc import Collection, Mapping
from datetime import date
from functools import cache
from typing import Final

import holidays
from babel import Locale
from holidays import HolidayBase
from holidays.constants import HOLIDAY_NAME_DELIMITER

from ambidesk.ground.calendars.spec import HolidayRule, HolidayYear

# How the library writes a move: month and day off, month and day worked for it, its year.
_MOVED: Final = (4, 5)


def year_of(rule: HolidayRule, year: int, *, language: str) -> HolidayYear:
    """Give a year: as it was loaded, else as the library knows it; names in "en" or "ru"."""
    if year in rule.years:
        return rule.years[year]
    return _known(rule.country, rule.subdivision, year, language)


def is_decreed(rule: HolidayRule, year: int) -> bool:
    """Tell whether the moved days of a year are known, where the country moves days at all."""
    if year in rule.years:
        return True
    return year <= max((off.year for off, _worked in _moves(rule.country)), default=year)


def countries() -> Mapping[str, tuple[str, ...]]:
    """Name the countries there are, each with its subdivisions."""
    return {
        code: tuple(subdivisions)
        for code, subdivisions in holidays.list_supported_countries().items()
    }


@cache
def country_names(language: str) -> Mapping[str, str]:
    """Name each country in a language as CLDR does, by its code."""
    names = Locale(language).territories
    return {code: names[code] for code in countries() if code in names}


@cache
def _known(country: str, subdivision: str, year: int, language: str) -> HolidayYear:
    plain = _library(country, subdivision, year, "")
    spoken = _library(country, subdivision, year, language)
    names = {day: spoken.get(day) or name for day, name in plain.items()}
    law = {day for day, name in plain.items() if _is_law(plain, name)}
    return HolidayYear(
        public={day: name for day, name in names.items() if day in law},
        off={day: name for day, name in names.items() if day not in law},
        working={
            worked: off
            for off, worked in _moves(country)
            if worked.year == year and worked.weekday() in plain.weekend and worked not in plain
        },
    )


def _library(country: str, subdivision: str, year: int, language: str) -> HolidayBase:
    """Ask the library for a year; without a language in its own."""
    blank = _blank(country, subdivision)
    wanted = "en_US" if language == "en" else language
    return holidays.country_holidays(
        country,
        subdiv=subdivision or None,
        years=year,
        language=wanted if wanted in blank.supported_languages else blank.default_language,
    )


@cache
def _blank(country: str, subdivision: str) -> HolidayBase:
    return holidays.country_holidays(country, subdiv=subdivision or None)


@cache
def _moves(country: str) -> Collection[tuple[date, date]]:
    """Give all moves that were decreed: the new day off and the day that is worked for it."""
    found = getattr(_blank(country, ""), "special_public_holidays", {})
    return [
        (date(year, move[0], move[1]), date(move[4] if len(move) > 4 else year, move[2], move[3]))
        for year, moves in found.items()
        for move in (moves if moves and isinstance(moves[0], tuple) else (moves,))
        if len(move) in _MOVED and isinstance(move[2], int)
    ]


def _is_law(library: HolidayBase, name: str) -> bool:
    """Tell a holiday of the law from a day off that only follows from one."""
    labels = (getattr(library, f"{kind}_label", None) or "" for kind in ("observed", "substituted"))
    frames = [label.split("%s", 1) for label in labels if "%s" in label]
    return not all(
        any(each.startswith(before) and each.endswith(after) for before, after in frames)
        for each in name.split(HOLIDAY_NAME_DELIMITER)
    )
