"""
Finding: a question in, groups of rows that the actor may see out, the best first.

`find(text, actor=, at=)` answers with a few of each sort; with `sort` and `after`, with the next
of one.
"""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from ambidesk.ground.reach.actor import Actor
from ambidesk.ground.search.document import Found, Sort, scopes_of, sorts
from ambidesk.ground.search.filters import EVERYTHING, Narrowing
from ambidesk.ground.search.question import read_question
from ambidesk.ground.search.ranking import Search, best
from ambidesk.ground.search.snippets import marked, matching, snippet
from ambidesk.ground.search.understanding import understand

LONGEST_PAGE = 50
# A page waits no longer for it.
PATIENCE = timedelta(seconds=2)
# Of hits that reach has cut away since they were indexed, so many more are looked at.
SPARE = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """
    One row that was found; `whole` is what it belongs to, as the ticket of a message.

    `title` and `snippet` are markup: escaped, with `<mark>` around what was asked for.
    """

    sort: str
    id: int
    whole: int
    at: datetime
    title: SafeString
    detail: str
    snippet: SafeString


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """
    What was found of one sort; `next` is the cursor of what follows, if anything.

    `is_all`: everything was looked through, not the newest only.
    """

    sort: str
    label: str | Promise
    hits: tuple[Hit, ...]
    next: str | None
    is_all: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """
    All that was found.

    `taken_for` are words that stand nowhere and what was looked for instead; `problems` say what
    of the question was not understood.
    """

    groups: tuple[Group, ...]
    taken_for: tuple[tuple[str, tuple[str, ...]], ...] = ()
    problems: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Nothing was found."""
        return not self.groups


def find(
    text: str,
    *,
    actor: Actor,
    at: datetime,
    sort: str | None = None,
    after: str | None = None,
    limit: int = 5,
    patience: timedelta = PATIENCE,
) -> Results:
    """
    Find what somebody typed among all that they may see, as far as the patience reaches.

    Raises:
        WrongPlace: `after` is no cursor.
    """
    question = read_question(text, actor=actor, at=at)
    if question.is_empty:
        return Results(groups=(), problems=question.problems)
    understood = understand(question)
    narrowing = question.narrowing
    if not understood.query and narrowing == EVERYTHING:
        return Results(groups=(), problems=question.problems)
    search = Search(
        understood=understood,
        narrowing=narrowing,
        scopes=_scopes(actor, narrowing),
        numbers=question.numbers,
        until=time.monotonic() + patience.total_seconds(),
    )
    shown = min(max(limit, 1), LONGEST_PAGE)
    groups = [
        _group(search, each, actor=actor, after=after if each.name == sort else None, limit=shown)
        for each in sorts()
        if sort in {None, each.name} and (not narrowing.sorts or each.name in narrowing.sorts)
    ]
    return Results(
        groups=tuple(group for group in groups if group.hits),
        taken_for=understood.taken_for,
        problems=(*question.problems, *_cut(groups)),
    )


def _cut(groups: Sequence[Group]) -> Iterator[str]:
    names = [str(group.label) for group in groups if not group.is_all]
    if names:
        words = _(
            "There is too much to look through, so only the newest were: %(names)s. "
            "Add a word, or a day as in after:2026-01-31."
        )
        yield words % {"names": ", ".join(names)}


def _scopes(actor: Actor, narrowing: Narrowing) -> tuple[int, ...] | None:
    mine, asked = scopes_of(actor), narrowing.scopes
    if mine is None or asked is None:
        return asked if mine is None else mine
    return tuple(scope for scope in mine if scope in asked)


def _group(search: Search, sort: Sort, *, actor: Actor, after: str | None, limit: int) -> Group:
    found_best = best(search, sort, after=after, limit=limit * SPARE + 1)
    ranked = found_best.ranked
    found = sort.found([each.id for each in ranked], actor) if ranked else ()
    seen = {row.id: row for row in found}
    chosen = [each for each in ranked if each.id in seen][:limit]
    rows = [seen[each.id] for each in chosen]
    has_more = bool(chosen) and chosen[-1] is not ranked[-1]
    return Group(
        sort=sort.name,
        label=sort.label,
        hits=_hits(search, sort, rows),
        next=chosen[-1].place if has_more else None,
        is_all=found_best.is_all,
    )


def _hits(search: Search, sort: Sort, rows: Sequence[Found]) -> tuple[Hit, ...]:
    texts = [text for row in rows for text in (row.title, row.text)]
    words = matching(texts, search.understood.lexemes)
    return tuple(
        Hit(
            sort=sort.name,
            id=row.id,
            whole=row.whole,
            at=row.at,
            title=marked(row.title, words),
            detail=row.detail,
            snippet=snippet(row.text, words),
        )
        for row in rows
    )
