"""Converting: what becomes of answers when another form is asked; pure, and lost is none."""

from dataclasses import dataclass
from datetime import datetime

from ambidesk.ground.fields.rules.form import Answers, Form, Needed, asked, missing


@dataclass(frozen=True, slots=True, kw_only=True)
class Becoming:
    """Ids of fields, each in the order of its form: every answer is kept, asked for or not."""

    kept: tuple[int, ...]
    unasked: tuple[int, ...]
    wanted: tuple[int, ...]


def becoming(before: Form, after: Form, *, answers: Answers, at: datetime) -> Becoming:
    """Say what of the answers the other form asks for, what it does not, and what it lacks."""
    there = [each.spec.id for each in asked(after, answers, at=at)]
    order = [each.spec.id for each in before.questions]
    left = [key for key in answers if key not in there]
    return Becoming(
        kept=tuple(key for key in there if key in answers),
        unasked=tuple(sorted(left, key=lambda key: (key not in order, _place(order, key), key))),
        wanted=tuple(each.spec.id for each in missing(after, answers, to=Needed.SOLVE, at=at)),
    )


def _place(order: list[int], key: int) -> int:
    return order.index(key) if key in order else 0
