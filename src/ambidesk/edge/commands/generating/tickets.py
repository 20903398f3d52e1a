"""What a generated ticket is: when it began, who wrote how often, and how it stands now."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

YEARS = 2
DAY = 86_400
PERIOD = YEARS * 365 * DAY
# Younger tickets are mostly still worked on, older ones hardly ever.
YOUNG = 10 * DAY


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """
    One ticket; `moments` are those of its messages in seconds since the epoch, ascending.

    `answers` says of each message whether it is ours.
    """

    number: int
    room: int
    person: int
    member: int
    state: str
    waiting_for: str
    moments: tuple[int, ...]
    answers: tuple[bool, ...]

    @property
    def last_inbound(self) -> int:
        """When the other side spoke last."""
        pairs = zip(self.moments, self.answers, strict=True)
        return max(moment for moment, is_ours in pairs if not is_ours)

    @property
    def first_answer(self) -> int | None:
        """When we spoke first."""
        pairs = zip(self.moments, self.answers, strict=True)
        return next((moment for moment, is_ours in pairs if is_ours), None)


def courses(
    *, tickets: int, messages: int, persons: int, members: int, now: int
) -> Iterator[Course]:
    """Give the tickets in the order of their beginnings; numbers count from 1."""
    dice = Random("courses")  # noqa: S311 test data, no secret
    step = PERIOD / tickets
    more = max(messages / tickets - 0.5, 0.01)
    for number in range(1, tickets + 1):
        opened = int(now - PERIOD + (number - 1 + dice.random() * 0.9) * step)
        moments = _moments(dice, opened, now, number=1 + int(dice.expovariate(1 / more)))
        answers = tuple(
            place % 2 == 1 or (place and dice.random() < 0.15) for place in range(len(moments))
        )
        state, waiting_for = _state(dice, now - opened, is_ours=bool(answers[-1]))
        yield Course(
            number=number,
            room=number % 2,
            person=int(persons * dice.random() ** 2),
            member=dice.randrange(members),
            state=state,
            waiting_for=waiting_for,
            moments=moments,
            answers=tuple(map(bool, answers)),
        )


def _moments(dice: Random, opened: int, now: int, *, number: int) -> tuple[int, ...]:
    found = [opened]
    for _ in range(number - 1):
        moment = found[-1] + 60 + int(dice.expovariate(1 / 40_000))
        if moment >= now:
            break
        found.append(moment)
    return tuple(found)


def _state(dice: Random, age: int, *, is_ours: bool) -> tuple[str, str]:
    if dice.random() < (0.6 if age < YOUNG else 0.005):
        if is_ours:
            return "waiting_requester", "requester"
        return ("new", "us") if dice.random() < 0.3 else ("open", "us")
    return ("solved", "nobody") if age < 2 * YOUNG else ("closed", "nobody")
