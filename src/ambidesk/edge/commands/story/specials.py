"""Tickets that show something in particular, each written out in texts/special.toml."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from random import Random
from typing import Any

from ambidesk.edge.commands.story import pages
from ambidesk.edge.commands.story.letters import markup
from ambidesk.edge.commands.story.people import Character, characters
from ambidesk.edge.commands.story.scenery import LIFTS, STAFF, Colleague
from ambidesk.edge.commands.story.situations import special
from ambidesk.edge.commands.story.tale import Do, Step, Tale

DOES = {
    "hear": Do.HEAR,
    "call": Do.CALL,
    "answer": Do.ANSWER,
    "note": Do.NOTE,
    "take": Do.TAKE,
    "snooze": Do.SNOOZE,
    "solve": Do.SOLVE,
    "merge": Do.MERGE,
    "split": Do.SPLIT,
    "part": Do.PART_OF,
    "relate": Do.RELATE,
    "bounce": Do.BOUNCE,
}
PAGES: Mapping[str, Callable[[str], str]] = {
    "order": pages.order,
    "inline": pages.inline,
    "news": pages.news,
    "hostile": pages.hostile,
}
MESSAGES = 200


def specials(now: datetime) -> list[Tale]:
    """Give them, in the order of the file; some of them name others."""
    known = special()
    return [*(_tale(row, now) for row in known["tale"]), _long_thread(known["thread"], now)]


def _tale(row: Mapping[str, Any], now: datetime) -> Tale:
    at = now - timedelta(minutes=row["ago"])
    steps = []
    for each in row["steps"]:
        at += timedelta(minutes=each.get("after", 0))
        steps.append(_step(each, at))
    return Tale(
        key=row["key"],
        brand=row["brand"],
        who=_writer(row),
        subject=row["subject"],
        category=row.get("category", ""),
        type=row.get("type", ""),
        priority=row.get("priority", 2),
        suspended=row.get("suspended", False),
        steps=tuple(steps),
    )


def _step(each: Mapping[str, Any], at: datetime) -> Step:
    text = each.get("text", "")
    page = PAGES.get(each.get("html", ""))
    return Step(
        do=DOES[each["do"]],
        at=at,
        by=_colleague(each["by"]) if "by" in each else None,
        words=text,
        quoted=each.get("quoted", ""),
        html=page(text) if page else "",
        files=tuple(each.get("files", ())),
        inline=tuple(each.get("inline", ())),
        kind=each.get("kind", "mail"),
        other=each.get("other", ""),
        lasting=timedelta(minutes=each.get("lasting", 0)),
        names=(each["status"],) if "status" in each else (),
    )


def _long_thread(row: Mapping[str, Any], now: datetime) -> Tale:
    dice = Random("the long thread")  # noqa: S311 a story, no secret
    by = _colleague("peter")
    steps: list[Step] = []
    moments = _evenly(now, days=row["days"], number=MESSAGES)
    for number, (first, second) in enumerate(zip(moments[::2], moments[1::2], strict=True)):
        values = {"n": number + 1, "t": _degrees(dice), "u": _degrees(dice)}
        heard = row["they"][number % len(row["they"])].format_map(values)
        answered = row["we"][(number * 5) % len(row["we"])].format_map(values)
        steps.append(Step(do=Do.HEAR, at=first, words=heard, html=markup(heard, "")))
        if number == 0:
            steps.append(Step(do=Do.TAKE, at=first + timedelta(minutes=1), by=by))
        steps.append(Step(do=Do.ANSWER, at=second, by=by, words=answered))
    return Tale(
        key="long-thread",
        brand=row["brand"],
        who=_writer(row),
        subject=row["subject"],
        category=row["category"],
        type=row["type"],
        steps=tuple(steps),
    )


def _evenly(now: datetime, *, days: int, number: int) -> Sequence[datetime]:
    """Pairs of instants: something is said, and half an hour later it is answered."""
    apart = timedelta(days=days) / (number // 2)
    begins = [now - timedelta(hours=1) - apart * back for back in range(number // 2)][::-1]
    spread = [each for begin in begins for each in (begin, begin + timedelta(minutes=26))]
    if any(earlier >= later for earlier, later in pairwise(spread)):
        raise ValueError("the thread is too short for its messages")
    return spread


def _degrees(dice: Random) -> str:
    return f"{dice.uniform(2.6, 5.4):.1f} °C"


def _writer(row: Mapping[str, Any]) -> Character:
    language = "en" if row["brand"] == LIFTS else "ru"
    if "name" in row:
        return Character(
            name=row["name"], address=row["address"], language=language, brand=row["brand"]
        )
    here: list[Character] = [
        c for c in characters() if (c.brand, c.language) == (row["brand"], language)
    ]
    return here[int(row["writer"])]


def _colleague(name: str) -> Colleague:
    return next(each for each in STAFF if each.login.startswith(f"{name}@"))
