"""Plans made at random: sound ones by construction, and any graphs."""

from dataclasses import dataclass, field, replace
from datetime import timedelta

from hypothesis import strategies as st

from ambidesk.ground.fields.rules.spec import Texts
from ambidesk.service.workflow.rules.plan import (
    Deadline,
    Item,
    Plan,
    Stage,
    StageKind,
    Transition,
)

END = "solved"


def stage(key: int, kind: StageKind = StageKind.WORK) -> Stage:
    """A stage with a name."""
    state = END if kind is StageKind.END else "open"
    return Stage(id=key, name=Texts(en=f"Stage {key}"), state=state, kind=kind)


def way(key: int, source: int, *to: int, join: int | None = None) -> Transition:
    """A transition with a name."""
    return Transition(id=key, source=source, to=to, label=Texts(en=f"Way {key}"), join=join)


@dataclass
class Growing:
    """A plan that grows by blocks that are sound in themselves."""

    draw: st.DrawFn
    stages: list[Stage] = field(default_factory=list)
    ways: list[Transition] = field(default_factory=list)

    def block(self, depth: int) -> tuple[int, int]:
        """Grow a block; give its first and its last stage."""
        choice = self.draw(st.integers(0, 3)) if depth else 0
        if choice == 0:
            key = self._stage()
            return key, key
        if choice == 1:
            return self._chain(depth)
        if choice == 2:
            return self._loop(depth)
        return self._branches(depth)

    def end(self, last: int) -> None:
        """Lead from a stage to an end."""
        self.lead(last, self._stage(StageKind.END))

    def _chain(self, depth: int) -> tuple[int, int]:
        first, middle = self.block(depth - 1)
        then, last = self.block(depth - 1)
        self.lead(middle, then)
        return first, last

    def _loop(self, depth: int) -> tuple[int, int]:
        first, last = self._chain(depth)
        self.lead(last, first)
        return first, last

    def _branches(self, depth: int) -> tuple[int, int]:
        source, join = self._stage(), self._stage(StageKind.JOIN)
        blocks = [self.block(depth - 1) for _each in range(self.draw(st.integers(2, 3)))]
        self.lead(source, *(first for first, _last in blocks), join=join)
        for _first, last in blocks:
            self.lead(last, join)
        return source, join

    def _stage(self, kind: StageKind = StageKind.WORK) -> int:
        self.stages.append(stage(len(self.stages) + 1, kind))
        return len(self.stages)

    def lead(self, source: int, *to: int, join: int | None = None) -> None:
        """Lead from a stage to one, or to several that come together again."""
        self.ways.append(way(len(self.ways) + 1, source, *to, join=join))


@st.composite
def sound_plans(draw: st.DrawFn) -> Plan:
    """A plan of chains, loops and branches within each other, with an end."""
    growing = Growing(draw)
    growing.stages.append(stage(1))
    first, last = growing.block(3)
    growing.lead(1, first)
    growing.end(last)
    return Plan(stages=tuple(growing.stages), transitions=tuple(growing.ways))


@st.composite
def any_plans(draw: st.DrawFn) -> Plan:
    """A small graph of any shape, forks and joins with it."""
    number = draw(st.integers(2, 7))
    kinds = st.sampled_from([StageKind.WORK, StageKind.WORK, StageKind.JOIN])
    stages = [stage(1), *(stage(key, draw(kinds)) for key in range(2, number))]
    stages.append(stage(number, StageKind.END))
    joins = [each.id for each in stages if each.kind is StageKind.JOIN] or [1]
    anywhere = st.integers(1, number)
    ways = []
    for key in range(1, draw(st.integers(1, 9)) + 1):
        to = draw(st.lists(anywhere, min_size=1, max_size=2, unique=True))
        join = draw(st.sampled_from(joins)) if len(to) > 1 else None
        ways.append(way(key, draw(anywhere), *to, join=join))
    return Plan(stages=tuple(stages), transitions=tuple(ways))


@st.composite
def crooked_plans(draw: st.DrawFn) -> Plan:
    """A sound plan with a way more: sometimes still sound, mostly not."""
    plan = draw(sound_plans())
    keys = st.sampled_from([each.id for each in plan.stages])
    more = way(len(plan.transitions) + 1, draw(keys), draw(keys))
    return replace(plan, transitions=(*plan.transitions, more))


def filled(plan: Plan) -> Plan:
    """The plan with something to do at each stage that is no end."""
    deadline = Deadline(work=timedelta(hours=4), warnings=(timedelta(hours=1),))
    items = (Item(id=1, text=Texts(en="Look")), Item(id=2, text=Texts(en="Ask"), required=False))
    stages = tuple(
        each
        if each.kind is StageKind.END
        else replace(each, deadline=deadline, checklist=items, fields=("field_1",))
        for each in plan.stages
    )
    return replace(plan, stages=stages)
