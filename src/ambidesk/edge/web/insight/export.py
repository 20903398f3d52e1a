"""Figures as CSV, a line a day: what spreadsheets would take for a formula is quoted."""

import csv
import io
from datetime import timedelta

from django.http import HttpResponse
from django.utils.translation import gettext as _

from ambidesk.across.insight import reading
from ambidesk.across.insight.rules.measures import (
    DAILY,
    READINGS,
    Measure,
    Shape,
    Tallies,
    mean_of,
    value_of,
)
from ambidesk.edge.web.insight.asking import asked_of, of_places
from ambidesk.edge.web.insight.naming import WORDS, names_of, nobody
from ambidesk.edge.web.insight.saying import NAMES
from ambidesk.edge.web.ui.cells import guarded
from ambidesk.edge.web.ui.requests import Request


def download(request: Request) -> HttpResponse:
    """Give the figures of each day and, below, of each place."""
    asked = of_places(asked_of(request))
    question, actor = asked.question, request.actor
    written = io.StringIO()
    lines = csv.writer(written, lineterminator="\r\n")
    days = reading.by_day(question, actor=actor)
    lines.writerow(map(guarded, [_("Day"), *_heads()]))
    lines.writerows([day.isoformat(), *_values(days[day])] for day in sorted(days))
    places = reading.by_place(question, asked.by, actor=actor)
    names = names_of(asked.by, [each for each in places if each is not None], actor=actor)
    lines.writerow([])
    lines.writerow(map(guarded, [str(WORDS[asked.by]), *_heads()]))
    for number, tallies in places.items():
        name = nobody(asked.by) if number is None else names[number]
        lines.writerow([guarded(name), *_values(tallies)])
    last = question.until - timedelta(days=1)
    answer = HttpResponse("\ufeff" + written.getvalue(), content_type="text/csv; charset=utf-8")
    name = f"figures-{question.first.isoformat()}-{last.isoformat()}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _heads() -> list[str]:
    heads = []
    for measure in DAILY:
        heads.append(_unit(measure))
        if READINGS[measure].shape is Shape.MEDIAN:
            heads.append(_("%(figure)s, mean, s") % {"figure": NAMES[measure]})
    return heads


def _unit(measure: Measure) -> str:
    match READINGS[measure].shape:
        case Shape.MEDIAN:
            return _("%(figure)s, median, s") % {"figure": NAMES[measure]}
        case Shape.SHARE:
            return f"{NAMES[measure]}, %"
        case _:
            return str(NAMES[measure])


def _values(tallies: Tallies) -> list[str]:
    values = []
    for measure in DAILY:
        value = value_of(measure, tallies)
        if READINGS[measure].shape in {Shape.SHARE, Shape.NET}:
            value = None if value is None else value * 100
        values.append(_number(value))
        if READINGS[measure].shape is Shape.MEDIAN:
            values.append(_number(mean_of(measure, tallies)))
    return values


def _number(value: float | None) -> str:
    # Plain figures for machines, whatever the language of the desk.
    return "" if value is None else f"{value:.2f}".rstrip("0").rstrip(".")
