"""Figures as CSV, a line a day: what spreadsheets would take for a formula is quoted."""

import csv
import io
from datetime import timedelta

from django.http import HttpResponse
from django.utils.translation import gettext as _

from ambidesk.across.insight import reading
from ambidesk.across.insight.rules.measures import (
    READINGS,
    Measure,
    Shape,
    Tallies,
    mean_of,
    value_of,
)
from ambidesk.edge.web.insight.asking import WORDS, asked_of, names_of, nobody
from ambidesk.edge.web.insight.saying import NAMES
from ambidesk.edge.web.ui.cells import guarded
from ambidesk.edge.web.ui.requests import Request


def download(request: Request) -> HttpResponse:
    """Give the figures of each day and, below, of each place."""
    asked = asked_of(request)
    question, actor = asked.question, request.actor
    written = io.StringIO()
    lines = csv.writer(written, lineterminator="\r\n")
    days = reading.by_day(question, actor=actor)
    lines.writerow(map(guarded, [_("Day"), *_heads()]))
    lines.writerows([day.isoformat(), *_values(days[day])] for day in sorted(days))
    places = reading.by_place(question, asked.by, actor=actor)
    names = names_of(asked.by, [number for number in places if number is not None])
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
    for measure in Measure:
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
        case Shape.NUMBER | Shape.PER_SOLVED | Shape.NET | Shape.SCORE:
            return str(NAMES[measure])


def _values(tallies: Tallies) -> list[str]:
    values = []
    for measure in Measure:
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
