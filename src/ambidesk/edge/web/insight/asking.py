"""Asking: which days, of which place, compared by what; read from the address of a page."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, QueryDict
from django.utils.formats import date_format
from django.utils.functional import Promise

from ambidesk.across.insight.questions import COLUMNS, By, Question
from ambidesk.across.insight.reading import places_seen
from ambidesk.edge.web.insight.naming import ALL, WORDS, name_of, names_of
from ambidesk.edge.web.insight.narrowing import Asks, Narrowing, narrowing_of
from ambidesk.ground.kernel.days import day_of
from ambidesk.ground.reach.actor import Actor

SPANS = (7, 28, 91)
USUAL = 28
LONGEST = 731
# Nothing is older, and below it days can't be counted back.
FIRST_DAY = date(2000, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One place that can be asked for."""

    id: int
    name: str
    is_chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Select:
    """The places of a kind; `name` stands in the address."""

    name: str
    label: str | Promise
    all: str | Promise
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a page was asked for; `names` are of what the tickets shall be about."""

    question: Question
    by: By
    narrowing: Narrowing
    names: Mapping[By, str]
    is_cut: bool = False
    is_report: bool = False

    @property
    def words(self) -> str:
        """The days in words, both ends included."""
        first, last = self.question.first, self.question.until - timedelta(days=1)
        if first == last:
            return date_format(first, "j E Y")
        form = "j E" if first.year == last.year else "j E Y"
        return f"{date_format(first, form)} – {date_format(last, 'j E Y')}"

    @property
    def hidden(self) -> tuple[tuple[str, object], ...]:
        """What the form of a page keeps besides its own fields."""
        kept: list[tuple[str, object]] = [(by.value, n) for by, n in self.question.about.items()]
        if self.question.missing is not None:
            kept.append(("none", self.question.missing.value))
        return tuple(kept)

    def address(self, **changes: object) -> str:
        """What stands behind the question mark of a page that asks the same but for changes."""
        question = self.question
        values: dict[str, object] = {
            "from": question.first.isoformat(),
            "to": (question.until - timedelta(days=1)).isoformat(),
            **{by.value: question.asked(by) for by in By},
            "none": question.missing and question.missing.value,
            "report": 1 if self.is_report else None,
            "by": self.by.value,
            "condition": self.narrowing.text or None,
            **changes,
        }
        return urlencode({name: each for name, each in values.items() if each is not None})


def asked_of(
    request: Asks,
    *,
    by: By = By.TEAM,
    most: int = LONGEST,
    most_narrow: int = LONGEST,
    **about: int,
) -> Asked:
    """
    Read what was asked; days and places that make no sense are as if they were not asked for.

    `most` days at once, or `most_narrow` where it is about one company, site, model or contract;
    `about` is asked for whatever the address says.

    Raises:
        Http404: what the tickets shall be about is nothing that the actor sees.
    """
    query = request.GET
    narrowing = narrowing_of(request)
    question = replace(_of_days(request), tickets=narrowing.tickets, **{**_what(query), **about})
    longest = most_narrow if question.is_narrow else most
    is_cut = question.days > longest
    if is_cut:
        question = replace(question, first=question.until - timedelta(days=longest))
    given = query.get("by", "")
    return Asked(
        question=question,
        narrowing=narrowing,
        by=By(given) if given in set(By) else by,
        names=_names_asked(question, request.actor),
        is_cut=is_cut,
        is_report=query.get("report") == "1",
    )


def _of_days(request: Asks) -> Question:
    query, today = request.GET, day_of(request.at)
    first, last = _day(query.get("from")), _day(query.get("to"))
    last = min(last or today, today)
    usual = last - timedelta(days=_span(query.get("days")) - 1)
    first = usual if first is None or first > last else first
    first = max(first, last - timedelta(days=LONGEST - 1))
    return Question(first=first, until=last + timedelta(days=1))


def _what(query: QueryDict) -> dict[str, Any]:
    missing = query.get("none", "")
    return {
        **{by.value: _number(query.get(by)) for by in By},
        "missing": By(missing) if missing in set(By) else None,
    }


def _names_asked(question: Question, actor: Actor) -> dict[By, str]:
    found = {}
    for by, number in question.about.items():
        name = name_of(by, number, actor=actor)
        if name is None:
            raise Http404
        found[by] = name
    return found


def of_places(asked: Asked) -> Asked:
    """Compare by places only, which is all that sums of days can be compared by."""
    return asked if asked.by in COLUMNS else replace(asked, by=By.TEAM)


def spans_of(asked: Asked, today: date, *, url: str) -> tuple[tuple[int, str, bool], ...]:
    """The usual numbers of days: how many, where, and whether they are what is shown."""
    question = asked.question
    is_latest = question.until - timedelta(days=1) == today
    return tuple(
        (
            days,
            f"{url}?{asked.address(**{'from': None, 'to': None, 'days': days})}",
            is_latest and question.days == days,
        )
        for days in SPANS
    )


def selects_of(question: Question, *, actor: Actor) -> tuple[Select, ...]:
    """What can be asked for: places that have figures which the actor may see."""
    return tuple(_select(by, question, actor) for by in COLUMNS)


def _select(by: By, question: Question, actor: Actor) -> Select:
    chosen = getattr(question, by.value)
    names = names_of(by, places_seen(by, actor=actor), actor=actor)
    choices = tuple(
        Choice(id=number, name=name, is_chosen=number == chosen)
        for number, name in sorted(names.items(), key=lambda pair: pair[1].lower())
    )
    return Select(name=by.value, label=WORDS[by], all=ALL[by], choices=choices)


def _day(given: str | None) -> date | None:
    try:
        day = date.fromisoformat(given or "")
    except ValueError:
        return None
    return day if day >= FIRST_DAY else None


def _span(given: str | None) -> int:
    return int(given) if given in {str(each) for each in SPANS} else USUAL


def _number(given: str | None) -> int | None:
    if given and given.isascii() and given.isdecimal() and len(given) < 18:
        return int(given)
    return None
