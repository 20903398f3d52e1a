"""Flows that tests walk through: one of a shop, and whatever hypothesis draws."""

from typing import Any

from hypothesis import strategies as st

from ambidesk.support.scripts.rules.flow import AnswerKind, Flow, Option, Step, StepKind, Texts, Way

RETURN: dict[str, Any] = {
    "steps": [
        {
            "id": 1,
            "kind": "ask",
            "text": {"en": "Is it broken?", "ru": "Товар сломан?"},
            "options": [
                {"id": 1, "label": {"en": "Yes", "ru": "Да"}},
                {"id": 2, "label": {"en": "No", "ru": "Нет"}},
            ],
            "ways": [{"when": {"field": "answer.1", "operator": "is", "value": "2"}, "to": 4}],
        },
        {
            "id": 2,
            "kind": "ask",
            "text": {"en": "What is the order?"},
            "answer": "text",
        },
        {"id": 3, "kind": "do", "actions": [{"action": "tickets.prioritise"}], "then": 5},
        {
            "id": 4,
            "kind": "say",
            "text": {"en": "{{requester.name}}, send it back within 14 days."},
        },
        {"id": 5, "kind": "end", "text": {"en": "Told how to return"}},
    ]
}
RETURN["steps"][2]["actions"][0]["parameters"] = {"priority": 3}


@st.composite
def sound_flows(draw: st.DrawFn) -> Flow:
    """A flow in which every exit leads further on, so that nothing circles."""
    number = draw(st.integers(1, 12))
    return Flow(steps=tuple(_step(draw, key, number) for key in range(1, number + 1)))


def _step(draw: st.DrawFn, key: int, number: int) -> Step:
    words = Texts(en=f"Step {key}")
    if key == number:
        return Step(id=key, kind=StepKind.END, text=words)
    later = st.integers(key + 1, number)
    ways = tuple(
        Way(when={"field": "any"}, to=to) for to in draw(st.lists(later, min_size=0, max_size=3))
    )
    return Step(
        id=key,
        kind=draw(st.sampled_from([StepKind.ASK, StepKind.SAY])),
        text=words,
        answer=AnswerKind.ONE,
        options=(Option(id=1, label=words), Option(id=2, label=words)),
        ways=ways,
        then=draw(st.none() | later),
    )


@st.composite
def any_flows(draw: st.DrawFn) -> Flow:
    """A flow whose exits lead anywhere, also to steps that are not there."""
    number = draw(st.integers(1, 7))
    anywhere = st.integers(1, number + 1)
    steps = []
    for key in range(1, number + 1):
        ways = draw(st.lists(anywhere, max_size=2))
        steps.append(
            Step(
                id=key,
                kind=draw(st.sampled_from([StepKind.SAY, StepKind.SAY, StepKind.END])),
                text=Texts(en="Words"),
                ways=tuple(Way(when={"field": "any"}, to=to) for to in ways),
                then=draw(st.none() | anywhere),
            )
        )
    return Flow(steps=tuple(steps))
