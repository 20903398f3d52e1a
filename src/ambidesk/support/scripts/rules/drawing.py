"""
Drawing: a picture of the branches; each step stands beneath all that lead to it.

Pixels; a step's row is the longest way to it, so that every line of a sound flow runs downwards.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from ambidesk.support.scripts.rules.checking import reached_in
from ambidesk.support.scripts.rules.flow import Flow, Step

WIDTH, HEIGHT = 168, 40
ACROSS, DOWN = 20, 32
EDGE = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A step at its place; `x` and `y` are its upper left corner."""

    step: Step
    place: int
    x: int
    y: int
    is_reached: bool
    width: int = WIDTH
    height: int = HEIGHT


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A way from one step to another; `path` is SVG's."""

    path: str
    is_branch: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """All of it, and how large it is."""

    width: int
    height: int
    nodes: tuple[Node, ...]
    lines: tuple[Line, ...]


def drawn(flow: Flow) -> Picture:
    """Draw a flow, sound or not."""
    rows = rows_of(flow)
    nodes = _placed(flow, rows)
    by_step = {node.step.id: node for node in nodes}
    lines = [
        Line(path=_path(node, by_step[to]), is_branch=to != flow.then(node.step))
        for node in nodes
        for to in dict.fromkeys(flow.exits(node.step))
        if to in by_step
    ]
    return Picture(
        width=max((node.x + WIDTH for node in nodes), default=0) + EDGE,
        height=max((node.y + HEIGHT for node in nodes), default=0) + EDGE,
        nodes=nodes,
        lines=tuple(lines),
    )


def rows_of(flow: Flow) -> Mapping[int, int]:
    """Give each step its row: one more than the lowest that leads to it; circles are cut short."""
    rows = {step.id: 0 for step in flow.steps}
    # So often at most, where nothing circles; where it does, somewhere one has to stop.
    for _round in flow.steps:
        settled = True
        for step in flow.steps:
            for to in flow.exits(step):
                if to in rows and rows[to] < rows[step.id] + 1 < len(flow.steps):
                    rows[to] = rows[step.id] + 1
                    settled = False
        if settled:
            break
    return rows


def _placed(flow: Flow, rows: Mapping[int, int]) -> tuple[Node, ...]:
    reached = reached_in(flow)
    taken: dict[int, int] = {}
    nodes = []
    for place, step in enumerate(flow.steps, start=1):
        row = rows[step.id]
        column = taken.get(row, 0)
        taken[row] = column + 1
        nodes.append(
            Node(
                step=step,
                place=place,
                x=EDGE + column * (WIDTH + ACROSS),
                y=EDGE + row * (HEIGHT + DOWN),
                is_reached=step.id in reached,
            )
        )
    return tuple(nodes)


def _path(start: Node, end: Node) -> str:
    x1, y1 = start.x + WIDTH // 2, start.y + HEIGHT
    x2, y2 = end.x + WIDTH // 2, end.y
    if end.y - start.y > HEIGHT + DOWN and end.x == start.x:
        # Past the steps between, not through them.
        side = start.x + WIDTH + ACROSS // 2
        return f"M{x1} {y1} C{side} {y1 + DOWN} {side} {y2 - DOWN} {x2} {y2}"
    bend = max(DOWN // 2, abs(y2 - y1) // 2)
    return f"M{x1} {y1} C{x1} {y1 + bend} {x2} {y2 - bend} {x2} {y2}"
