"""The plot: a thousand tales that the same moment always gives alike."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from random import Random

from ambidesk.edge.commands.story.hours import later, openings
from ambidesk.edge.commands.story.letters import Said, fill, filling, ours, theirs
from ambidesk.edge.commands.story.people import Character, characters
from ambidesk.edge.commands.story.scenery import SHOP, STAFF, Colleague
from ambidesk.edge.commands.story.situations import Situation, Turn, situations
from ambidesk.edge.commands.story.specials import specials
from ambidesk.edge.commands.story.tale import Do, Step, Tale

NUMBER = 1000
CLOSED_AFTER = timedelta(days=4)
# How often things go this way; each verb less is a moment less until the story is told.
ROUTED, SOLVED_BY_ANSWER, CLOSED = 0.55, 0.75, 0.4


def plot(now: datetime, *, number: int = NUMBER) -> list[Tale]:
    """
    Give the tales in the order of their beginnings, each as far as it has happened by `now`.

    `now` is in the zone whose working hours count.
    """
    dice = Random("the plot")  # noqa: S311 a story, no secret
    set_apart = specials(now)
    moments = openings(dice, number=number - len(set_apart), now=now)
    tales = [_tale(f"{place}", moment) for place, moment in enumerate(moments)]
    told = [tale.until(now) for tale in (*tales, *set_apart)]
    return sorted(told, key=lambda tale: tale.begins_at)


def _tale(key: str, at: datetime) -> Tale:
    dice = Random(f"tale {key}")  # noqa: S311 a story, no secret
    who = dice.choice(characters())
    fitting = [each for each in situations() if _fits(each, who)]
    matter = dice.choices(fitting, [each.weight for each in fitting])[0]
    values = filling(who, dice=dice, language=matter.language, at=at)
    by = dice.choice(staff_of(who.brand, who.language))
    teller = _Teller(dice, who, by, values)
    owner = by if dice.random() < ROUTED else None
    teller.is_taken = owner is not None
    priority = matter.priority + dice.choices([0, 1, -1], [85, 8, 7])[0]
    return Tale(
        key=key,
        brand=who.brand,
        who=who,
        subject=fill(dice.choice(matter.subjects), values),
        category=matter.category if dice.random() < 0.93 else "",
        type=matter.type if dice.random() < 0.8 else "",
        priority=min(max(priority, 1), 4),
        owner=owner,
        steps=tuple(teller.steps(matter, at)),
    )


def _fits(matter: Situation, who: Character) -> bool:
    return (matter.brand, matter.language) == (who.brand, who.language)


def staff_of(brand: str, language: str) -> list[Colleague]:
    """Those who answer for the brand, as often as they do."""
    here = [each for each in STAFF if brand in each.works_for and each.role != "administrator"]
    if brand != SHOP and language == "ru":
        return [each for each in here if not each.name.isascii()]
    return here


class _Teller:
    """Walks through one situation and notes what happens when."""

    def __init__(self, dice: Random, who: Character, by: Colleague, values: dict[str, str]) -> None:
        self.dice, self.who, self.by = dice, who, by
        self.values = values | {"a_op": by.ending}
        self.before: tuple[datetime, str, str] | None = None
        self.is_taken = False

    def steps(self, matter: Situation, at: datetime) -> Sequence[Step]:
        found: list[Step] = []
        wording = self.dice.randrange(3)
        for turn in self._turns(matter):
            text = fill(turn.say[self._which(turn, wording)], self.values)
            if turn.who == "they":
                at = later(self.dice, at, least=9, usual=260) if found else at
                found.append(self._hear(text, turn, at))
            elif turn.who == "note":
                at = later(self.dice, at, least=2, usual=45)
                found.append(Step(do=Do.NOTE, at=at, by=self._colleague(), words=text))
            else:
                at = later(self.dice, at, least=4, usual=95)
                found += self._answer(text, turn, at)
        last = found[-1]
        is_end = last.do is Do.ANSWER and matter.end == "solved"
        if is_end and self.dice.random() < SOLVED_BY_ANSWER:
            found[-1] = replace(last, solves=True)
        return [*found, *self._around(matter, found), *self._end(matter, found)]

    def _turns(self, matter: Situation) -> Sequence[Turn]:
        """Not every talk goes all its way, and not every colleague leaves notes."""
        turns = [t for t in matter.talk if t.who != "note" or self.dice.random() < 0.6]
        whole = self.dice.random() < 0.7
        return turns if whole else turns[: self.dice.randrange(2, len(turns) + 1)]

    def _which(self, turn: Turn, wording: int) -> int:
        """Wordings of one place in their lists go together, mostly."""
        together = self.dice.random() < 0.9
        return (wording if together else self.dice.randrange(9)) % len(turn.say)

    def _hear(self, text: str, turn: Turn, at: datetime) -> Step:
        said = theirs(self.who, text, dice=self.dice, before=self.before)
        files = turn.files if self.dice.random() < 0.8 else ()
        self.before = (at, self.who.name, said.words)
        return _spoken(Do.HEAR, at, said, files)

    def _answer(self, text: str, turn: Turn, at: datetime) -> list[Step]:
        said = ours(self.who, text, dice=self.dice, by=self.by)
        self.before = (at, self.by.name, said.words)
        answer = _spoken(Do.ANSWER, at, said, turn.files, by=self.by)
        if self.is_taken:
            return [answer]
        self.is_taken = True
        taken = at - timedelta(minutes=1 + self.dice.random() * 2)
        return [Step(do=Do.TAKE, at=taken, by=self.by), answer]

    def _colleague(self) -> Colleague:
        others = staff_of(self.who.brand, self.who.language)
        return self.by if self.dice.random() < 0.6 else self.dice.choice(others)

    def _around(self, matter: Situation, found: Sequence[Step]) -> Sequence[Step]:
        if self.dice.random() < 0.3 or len(found) < 2:
            return []
        at = found[1].at + timedelta(seconds=20)
        return [Step(do=Do.TAG, at=at, by=self.by, names=matter.tags)]

    def _end(self, matter: Situation, found: Sequence[Step]) -> Sequence[Step]:
        last = found[-1]
        at = later(self.dice, last.at, least=3, usual=50)
        chance = self.dice.random()
        if matter.end == "waiting" and chance < 0.75:
            do = self.dice.choice([Do.AWAIT_OTHERS, Do.HOLD])
            kept = [Step(do=do, at=at, by=self.by)] if last.do is Do.HEAR else []
            back = at + timedelta(days=self.dice.randrange(5, 11))
            return [*kept, Step(do=Do.SOLVE, at=back, by=self.by)]
        if chance < 0.05:
            return []
        ended: list[Step] = []
        if last.do is not Do.ANSWER:
            ended.append(Step(do=Do.SOLVE, at=at, by=self.by))
        elif not last.solves:
            at += timedelta(days=self.dice.randrange(1, 4))
            ended.append(Step(do=Do.SOLVE, at=at, by=self.by))
        if self.dice.random() < CLOSED:
            ended.append(Step(do=Do.CLOSE, at=at + CLOSED_AFTER))
        return ended


def _spoken(
    do: Do, at: datetime, said: Said, files: tuple[str, ...], *, by: Colleague | None = None
) -> Step:
    return Step(
        do=do,
        at=at,
        by=by,
        words=said.words,
        quoted=said.quoted,
        html=said.html,
        files=files,
    )
