"""Scripts of the demo: one of each brand, and how colleagues went through them on past tickets."""

import tomllib
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from ambidesk.edge.commands.story.scenery import LIFTS, SHOP
from ambidesk.edge.commands.story.stage import TELLER, Scene
from ambidesk.parties.brands.models import Brand
from ambidesk.service.catalogue.models import Category
from ambidesk.support.scripts.models import Script
from ambidesk.support.scripts.recalling import Recalled, recall_runs
from ambidesk.support.scripts.rules.answers import Answer
from ambidesk.support.scripts.writing import ScriptText, publish, write_script
from ambidesk.support.tickets.models import Ticket

TEXTS = Path(__file__).parent / "texts" / "scripts.toml"
# What they propose themselves on, and which of so many runs is left before its end.
CATEGORIES = {SHOP: "Возврат", LIFTS: "Lifts"}
LEFT_IN = 4


def give_scripts(*, at: datetime) -> None:
    """Write and publish what is not there yet."""
    known = tomllib.loads(TEXTS.read_text())
    for slug, about in CATEGORIES.items():
        brand = Brand.objects.filter(slug=slug).first()
        row = known[slug]
        if brand is None or Script.objects.filter(name=row["name"]).exists():
            continue
        category = Category.objects.get(brand=brand, name=about)
        said = ScriptText(
            name=row["name"],
            brand=brand,
            flow={"steps": [_step(each) for each in row["steps"]]},
            proposed_when={"all": [{"field": "category", "operator": "is", "value": category.pk}]},
        )
        publish(write_script(None, said, by=TELLER, at=at), by=TELLER, at=at)


def give_runs(scenes: Iterable[Scene], *, until: datetime) -> None:
    """Have colleagues go through the scripts on the tickets of some tales."""
    numbers = {scene.ticket.pk for scene in scenes if scene.ticket}
    for slug, about in CATEGORIES.items():
        script = Script.objects.filter(brand__slug=slug).order_by("pk").first()
        version = script.current if script else None
        if version is None:
            continue
        rows = Ticket.objects.filter(pk__in=numbers, brand__slug=slug, category__name=about)
        rows = rows.exclude(first_answered_at=None).select_related("assignee", "requester")
        runs = [
            _recalled(slug, row, until, is_left=place % LEFT_IN == 0)
            for place, row in enumerate(rows, 1)
        ]
        recall_runs(version, runs, by=TELLER)


def _recalled(slug: str, ticket: Ticket, until: datetime, *, is_left: bool) -> Recalled:
    dice = Random(f"script {ticket.pk}")  # noqa: S311 a story, no secret
    answers = _lift(dice) if slug == LIFTS else _return(dice, ticket.opened_at)
    if is_left:
        answers = answers[: dice.randrange(1, len(answers))]
    begun_at = (ticket.first_answered_at or ticket.opened_at) - timedelta(minutes=5)
    return Recalled(
        ticket=ticket,
        begun_at=min(max(begun_at, ticket.opened_at), until - timedelta(minutes=10)),
        answers=answers,
        user_id=ticket.assignee.user_id if ticket.assignee else None,
    )


def _return(dice: Random, opened_at: datetime) -> list[Answer | None]:
    day = opened_at.date() - timedelta(days=dice.randrange(1, 20))
    return [(dice.choice((1, 1, 2, 3)),), f"А-{dice.randrange(10_000, 99_999)}", day, (1,)]


def _lift(dice: Random) -> list[Answer | None]:
    inside = (dice.choice((1, 2, 2, 2)),)
    return [inside, f"L-{dice.randrange(100, 999)}", (dice.choice((1, 2)), 3), (1,)]


def _step(row: dict[str, Any]) -> dict[str, Any]:
    """Spell out what the text file says in short: words as [Russian, English], options in order."""
    step = {**row, "text": _words(row.get("text", ["", ""]))}
    if "options" in row:
        step["options"] = [
            {"id": place, "label": _words(each)} for place, each in enumerate(row["options"], 1)
        ]
    return step


def _words(pair: list[str]) -> dict[str, str]:
    return {"ru": pair[0], "en": pair[1]}
