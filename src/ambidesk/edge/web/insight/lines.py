"""Lines: a breakdown as a table, each figure opening its tickets and each line going on into it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from ambidesk.across.insight.breaking_down import Breakdown, Told, break_down
from ambidesk.across.insight.questions import By
from ambidesk.across.insight.rules.measures import (
    NOTHING,
    READINGS,
    Measure,
    Shape,
    Tally,
    value_of,
)
from ambidesk.edge.web.insight.asking import Asked
from ambidesk.edge.web.insight.naming import WORDS, names_of, nobody
from ambidesk.edge.web.insight.plotting import Bar
from ambidesk.edge.web.insight.saying import HINTS, NAMES, NONE, trend_of, value_in_words
from ambidesk.edge.web.insight.showing import Cell, Line, Tile, behind
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.authority.saying import money_words

GROUPS = (
    (Measure.OPENED, Measure.SOLVED, Measure.PROMISES, Measure.COST),
    (Measure.FIRST_RESPONSE, Measure.RESOLUTION, Measure.REOPENED, Measure.LABOUR),
    (Measure.ANSWER_WORKED, Measure.SOLVE_WORKED, Measure.CSAT),
)
COLUMNS = (
    Measure.OPENED,
    Measure.SOLVED,
    Measure.FIRST_RESPONSE,
    Measure.RESOLUTION,
    Measure.PROMISES,
    Measure.REOPENED,
    Measure.LABOUR,
    Measure.COST,
)
OF_STAGES = (
    Measure.STAYS,
    Measure.STAGE_TIME,
    Measure.REWORK,
    Measure.PROMISES,
    Measure.LABOUR,
    Measure.COST,
)
# By what one goes on from a line of a breakdown.
FURTHER = {
    By.COMPANY: By.SITE,
    By.TERRITORY: By.TERRITORY,
    By.SITE: By.MODEL,
    By.CONTRACT: By.SITE,
    By.MODEL: By.SITE,
    By.CATEGORY: By.COMPANY,
    By.STAGE: By.TEAM,
    By.BRAND: By.TEAM,
    By.TEAM: By.OPERATOR,
    By.CHANNEL: By.CATEGORY,
    By.OPERATOR: By.CATEGORY,
}
OWNED = (By.SITE, By.TERRITORY, By.CONTRACT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A breakdown in words; `more` shows what was summed up as others, if there is any."""

    by: By
    name: str | Promise
    heads: tuple[str | Promise, ...]
    lines: tuple[Line, ...]
    more: str
    bars: tuple[Bar, ...]
    whole: Told


def columns_of(by: By) -> tuple[Measure, ...]:
    """What a table by a dimension tells."""
    return OF_STAGES if by is By.STAGE else COLUMNS


def table_of(asked: Asked, by: By, *, actor: Actor, most: int, url: str) -> Table:
    """Break a report down; `url` is where reports are."""
    found = break_down(asked.question, by, actor=actor, most=most)
    whose = asked.question.company is None and by in OWNED
    names = names_of(by, [key for key, _told in found.lines], actor=actor, whose=whose)
    return Table(
        by=by,
        name=WORDS[by],
        heads=tuple(NAMES[measure] for measure in columns_of(by)),
        lines=tuple(_lines(asked, by, found, names=names, url=url)),
        more=f"{url}?{asked.address(by=by.value, all=1)}" if found.others.number else "",
        bars=tuple(
            Bar(name=names[key], value=_lead(by, told), url=_further(asked, by, key, url))
            for key, told in found.lines[:8]
            if _lead(by, told)
        ),
        whole=found.whole,
    )


def tiles_of(asked: Asked, now: Told, *, before: Told) -> tuple[tuple[Tile, ...], ...]:
    """The figures of the whole against the period before; those that nobody has are left out."""
    groups = (
        [m for m in group if has_any(m, now) or has_any(m, before) or group is GROUPS[0]]
        for group in GROUPS
    )
    return tuple(tuple(_tile(asked, m, now, before) for m in group) for group in groups if group)


def has_any(measure: Measure, told: Told) -> bool:
    """Whether there is anything that the measure is read from."""
    return bool(_tally(measure, told).number)


def in_words(measure: Measure, told: Told) -> str:
    """Say a figure; of a share also how many it is, of money each currency by itself."""
    if measure is Measure.COST:
        return " + ".join(money_words(each) for each in told.money) or NONE
    value = value_of(measure, told.tallies)
    words = value_in_words(measure, value)
    flagged = _tally(measure, told).flagged
    return f"{words} ({flagged})" if flagged and _is_share(measure) else words


def day_lines(asked: Asked, days: Sequence[tuple[str, str, Told]]) -> Iterator[Line]:
    """Give a line a day: its name, its date, its sums."""
    for name, day, told in days:
        yield Line(name=name, cells=_cells(asked, COLUMNS[:-2], told, {"from": day, "to": day}))


def _lines(
    asked: Asked, by: By, found: Breakdown, *, names: Mapping[int, str], url: str
) -> Iterator[Line]:
    most = max([_lead(by, told) for _key, told in found.lines], default=0)
    columns = columns_of(by)
    for key, told in found.lines:
        yield Line(
            name=names[key],
            cells=_cells(asked, columns, told, {by.value: key}),
            url=_further(asked, by, key, url),
            share=round(100 * _lead(by, told) / most) if most else 0,
        )
    if found.others.number:
        yield Line(name=_("Others"), cells=_cells(asked, columns, found.others, None))
    if found.nobody.number and by is not By.STAGE:
        # Of an area the rest stands in it directly: nothing else asks for just that.
        is_rest = by is By.TERRITORY and asked.question.territory is not None
        change = None if is_rest else {"none": by.value}
        name = _("Directly here") if is_rest else nobody(by)
        yield Line(name=name, cells=_cells(asked, columns, found.nobody, change))


def _cells(
    asked: Asked, columns: Sequence[Measure], told: Told, change: Mapping[str, object] | None
) -> tuple[Cell, ...]:
    return tuple(
        Cell(
            words=in_words(measure, told),
            url=behind(asked, measure, **change) if change and has_any(measure, told) else "",
        )
        for measure in columns
    )


def _tile(asked: Asked, measure: Measure, now: Told, before: Told) -> Tile:
    return Tile(
        name=NAMES[measure],
        hint=HINTS[measure],
        words=in_words(measure, now),
        trend=trend_of(measure, now=_value(measure, now, before), before=_value(measure, before)),
        url=behind(asked, measure),
    )


def _value(measure: Measure, told: Told, other: Told | None = None) -> float | None:
    """A value to be compared; money only where both periods have one and the same currency."""
    if measure is not Measure.COST:
        return value_of(measure, told.tallies)
    codes = {each.currency for each in (*told.money, *(other.money if other else ()))}
    return float(told.money[0].amount) if len(codes) == 1 and told.money else None


def _further(asked: Asked, by: By, key: int, url: str) -> str:
    further = FURTHER[by]
    return f"{url}?{asked.address(**{by.value: key, 'by': further.value, 'none': None})}"


def _lead(by: By, told: Told) -> int:
    return _tally(Measure.STAYS if by is By.STAGE else Measure.OPENED, told).number


def _tally(measure: Measure, told: Told) -> Tally:
    return told.tallies.get(READINGS[measure].kind, NOTHING)


def _is_share(measure: Measure) -> bool:
    return READINGS[measure].shape is Shape.SHARE and measure is not Measure.CSAT
