"""A report as CSV and XLSX: a line a company, site and so on, and a line a day; plain figures."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from decimal import Decimal

from django.http import HttpResponse
from django.utils.translation import gettext as _
from openpyxl import Workbook

from ambidesk.across.insight import reading
from ambidesk.across.insight.breaking_down import Told, break_down
from ambidesk.across.insight.rules.measures import NOTHING, READINGS, Measure, Shape, value_of
from ambidesk.edge.web.insight.asking import Asked
from ambidesk.edge.web.insight.lines import GROUPS, OF_STAGES, OWNED
from ambidesk.edge.web.insight.naming import WORDS, names_of, nobody
from ambidesk.edge.web.insight.report import report_of
from ambidesk.edge.web.insight.saying import NAMES
from ambidesk.edge.web.ui.cells import guarded
from ambidesk.edge.web.ui.requests import Request
from ambidesk.ground.reach.actor import Actor

MOST = 1_000
HOUR = 3600
MONEY = Measure.COST
TOLD = tuple(measure for group in GROUPS for measure in group if measure is not MONEY)
BY_DAY = tuple(measure for measure in TOLD if measure is not Measure.LABOUR)
CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
Cell = str | float | int | None
Row = Sequence[Cell]


def as_csv(request: Request) -> HttpResponse:
    """Give a report as CSV that office programmes open in the right encoding."""
    asked = report_of(request)
    return _file(csv_of(asked, request.actor), asked, "csv", kind=CSV)


def as_xlsx(request: Request) -> HttpResponse:
    """Give a report as XLSX, a sheet for each of its tables."""
    asked = report_of(request)
    return _file(xlsx_of(asked, request.actor), asked, "xlsx", kind=XLSX)


def csv_of(asked: Asked, actor: Actor) -> bytes:
    """Write the tables one below the other."""
    written = io.StringIO()
    lines = csv.writer(written, lineterminator="\r\n")
    for number, rows in enumerate(_sheets(asked, actor).values()):
        lines.writerows([[]] if number else [])
        lines.writerows([_plain(cell) for cell in row] for row in rows)
    return ("\ufeff" + written.getvalue()).encode()


def xlsx_of(asked: Asked, actor: Actor) -> bytes:
    """Write a sheet for each of the tables."""
    book = Workbook(write_only=True)
    for title, rows in _sheets(asked, actor).items():
        page = book.create_sheet(title[:31])
        for row in rows:
            page.append([guarded(cell) if isinstance(cell, str) else cell for cell in row])
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def name_of_file(asked: Asked, ending: str) -> str:
    """Call a file by its days."""
    last = asked.question.until - timedelta(days=1)
    return f"report-{asked.question.first.isoformat()}-{last.isoformat()}.{ending}"


def _sheets(asked: Asked, actor: Actor) -> Mapping[str, list[Row]]:
    return {
        str(WORDS[asked.by]): list(_lines(asked, actor)),
        _("Day"): list(_days(asked, actor)),
    }


def _lines(asked: Asked, actor: Actor) -> Iterator[Row]:
    found = break_down(asked.question, asked.by, actor=actor, most=MOST)
    whose = asked.question.company is None and asked.by in OWNED
    keys = [key for key, _told in found.lines]
    names = names_of(asked.by, keys, actor=actor, whose=whose)
    codes = [each.currency for each in found.whole.money]
    measures = (*OF_STAGES[:3], *TOLD) if asked.by.value == "stage" else TOLD
    yield [
        str(WORDS[asked.by]),
        *map(_head, measures),
        *(_("Cost of work, %(currency)s") % {"currency": code} for code in codes),
    ]
    rows = [(names[key], told) for key, told in found.lines]
    rows += [(_("Others"), found.others), (nobody(asked.by), found.nobody)]
    rows = [(name, told) for name, told in rows if told.number]
    for name, told in (*rows, (_("All together"), found.whole)):
        yield [name, *_values(told, measures), *_amounts(told, codes)]


def _days(asked: Asked, actor: Actor) -> Iterator[Row]:
    yield [_("Day"), *map(_head, BY_DAY)]
    days = reading.by_day(asked.question, actor=actor)
    for day in sorted(days):
        yield [day.isoformat(), *_values(Told(tallies=days[day]), BY_DAY)]


def _head(measure: Measure) -> str:
    match READINGS[measure].shape:
        case Shape.MEDIAN:
            return _("%(figure)s, median, s") % {"figure": NAMES[measure]}
        case Shape.SHARE:
            return f"{NAMES[measure]}, %"
        case Shape.TOTAL:
            return _("%(figure)s, h") % {"figure": NAMES[measure]}
        case _:
            return str(NAMES[measure])


def _values(told: Told, measures: Sequence[Measure]) -> Iterator[Cell]:
    for measure in measures:
        value = value_of(measure, told.tallies)
        if value is None or not told.tallies.get(READINGS[measure].kind, NOTHING).number:
            yield 0 if READINGS[measure].shape is Shape.NUMBER else None
            continue
        match READINGS[measure].shape:
            case Shape.SHARE:
                yield round(value * 100, 2)
            case Shape.TOTAL:
                yield round(value / HOUR, 2)
            case _:
                yield round(value, 2)


def _amounts(told: Told, codes: Sequence[str]) -> Iterator[Cell]:
    amounts = {each.currency: each.amount for each in told.money}
    for code in codes:
        yield float(amounts.get(code, Decimal(0)))


def _plain(cell: Cell) -> str:
    if isinstance(cell, str):
        return guarded(cell)
    # Plain figures for machines, whatever the language of the desk.
    return "" if cell is None else f"{cell:.2f}".rstrip("0").rstrip(".")


def _file(content: bytes, asked: Asked, ending: str, *, kind: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name_of_file(asked, ending)}"'
    return answer
