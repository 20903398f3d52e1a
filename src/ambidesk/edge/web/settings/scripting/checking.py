"""Checking a script while it is written: what is wrong, and a picture of its branches."""

from dataclasses import dataclass

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language

from ambidesk.edge.web.ui.requests import Request
from ambidesk.ground.conditions.describing import described
from ambidesk.ground.conditions.vocabularies import Vocabulary
from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.ground.kernel.unpacking import unpacked
from ambidesk.support.scripts.branching import all_flaws, vocabulary_of
from ambidesk.support.scripts.rules.drawing import Node, Picture, drawn
from ambidesk.support.scripts.rules.flow import AnswerKind, Flow, Option, Step, StepKind, Texts
from ambidesk.support.scripts.rules.reading import NotAFlow, read_flow
from ambidesk.support.scripts.writing import located
from ambidesk.support.tickets.fields import TICKET_VOCABULARY

LONGEST_LABEL = 22


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A step in the picture: its node, its words, and numbers that stand beside it."""

    node: Node
    label: str
    note: str = ""
    heat: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureView:
    """The picture with words."""

    picture: Picture
    steps: tuple[Drawn, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FlawView:
    """What is wrong at which step."""

    words: str
    step: int | None


def flow_of(request: Request) -> Flow:
    """
    Read the flow that a request carries.

    Raises:
        NotAFlow, TooManySteps: it is none.
    """
    try:
        given = unpacked(request.POST.get("flow", ""))
    except ValueError as broken:
        raise NotAFlow(field="flow") from broken
    return read_flow(given)


def pictured(flow: Flow) -> PictureView:
    """Put a flow into a picture, its steps named in the language of the reader."""
    picture = drawn(flow)
    steps = tuple(Drawn(node=each, label=label_of(each.step)) for each in picture.nodes)
    return PictureView(picture=picture, steps=steps)


def label_of(step: Step) -> str:
    """Name a step in few letters."""
    words = " ".join(step.text.said((get_language() or "en")[:2]).split())
    words = words or str(step.kind.label)
    return words if len(words) <= LONGEST_LABEL else f"{words[: LONGEST_LABEL - 1]}…"


def check(request: Request) -> HttpResponse:
    """Show what is wrong, live, and the picture."""
    try:
        flow = flow_of(request)
    except Refusal as refused:
        facts = {"flaws": [FlawView(words=str(refused), step=None)], "view": None}
        return render(request, "scripting/check.html", facts)
    flaws = [FlawView(words=located(flow, each), step=each.step) for each in all_flaws(flow)]
    return render(request, "scripting/check.html", {"flaws": flaws, "view": pictured(flow)})


def vocabulary(request: Request) -> HttpResponse:
    """Tell the builder what can be asked of tickets, and how answers of each kind are asked."""
    tickets = described(TICKET_VOCABULARY, actor=request.actor)
    known = {field.name for field in TICKET_VOCABULARY.fields}
    sample = vocabulary_of(_sample())
    own = [field for field in sample.fields if field.name not in known]
    answers = described(Vocabulary(name="answers", fields=own), actor=request.actor)
    kinds = dict(zip([each.value for each in AnswerKind], answers["fields"], strict=True))
    return JsonResponse({"tickets": tickets, "answers": kinds})


def _sample() -> Flow:
    option = (Option(id=1, label=Texts(en="Yes")),)
    return Flow(
        steps=tuple(
            Step(id=place, kind=StepKind.ASK, answer=kind, options=option)
            for place, kind in enumerate(AnswerKind, start=1)
        )
    )
