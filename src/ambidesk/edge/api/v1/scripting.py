"""Scripts: guided dialogues, written and published; gone through on a ticket, step by step."""

from typing import Annotated, Any, Literal

from django.db.models import QuerySet
from django.utils.translation import get_language
from ninja import Query
from pydantic import Field

from ambidesk.edge.api.door import Call
from ambidesk.edge.api.nouns import Noun, declare, own
from ambidesk.edge.api.operations import operation
from ambidesk.edge.api.paging import page_of
from ambidesk.edge.api.reaching import brand_named, named, one, team_named, ticket_of
from ambidesk.edge.api.schemas import Id, Input, Instant, Key, Output, Page, Paging
from ambidesk.edge.api.v1.desk import ours
from ambidesk.edge.api.v1.phrases import Whose, WhoseOut
from ambidesk.support.desk.phrasing import fill_many
from ambidesk.support.scripts import running, writing
from ambidesk.support.scripts.models import Run, RunState, Script
from ambidesk.support.scripts.offering import offers_for, scripts_for
from ambidesk.support.scripts.resuming import walk_of
from ambidesk.support.scripts.rights import ScriptRight
from ambidesk.support.scripts.rules.answers import in_words, kept
from ambidesk.support.scripts.rules.flow import Step, StepKind
from ambidesk.support.scripts.rules.walking import Walk
from ambidesk.support.tickets.models import Ticket

NOUN = "Scripts"
RUN, WRITE = ScriptRight.RUN, ScriptRight.WRITE
TICKET = "tickets/{int:number}"
ONE = f"{TICKET}/runs/{{int:run}}"


class NewScript(Whose):
    """A script as its editor makes it: `flow` holds the steps; it is a draft until published."""

    flow: dict[str, Any]
    proposed_when: dict[str, Any] | None = Field(
        None, description="A condition on tickets; without one it is begun by hand only"
    )


class ScriptOut(WhoseOut):
    """A script; `published` is the number of the version on which runs begin."""

    published: int | None
    flow: dict[str, Any] = Field(description="The draft; what is published may be older")
    proposed_when: dict[str, Any] | None


class ScriptVersionOut(Output):
    """What was published under a number."""

    script_id: int
    version: int
    published_at: Instant


class OfferOut(Output):
    """A script that can be begun on a ticket."""

    id: int
    name: str
    is_proposed: bool = Field(description="Its own condition holds for the ticket")


class Offers(Output):
    """The scripts for a ticket, those first that propose themselves."""

    items: list[OfferOut]


class OptionOut(Output):
    """One answer that can be chosen; its id is what is sent."""

    id: int
    label: str


class StepNowOut(Output):
    """The step where a run stands; what is said to the customer is in their language, filled in."""

    id: int
    kind: Literal["say", "ask", "do", "end"]
    text: str
    answer: Literal["one", "several", "text", "number", "day"] | None = Field(
        description="What kind of answer is asked for; null where nothing is asked"
    )
    is_required: bool
    options: list[OptionOut]


class AnsweredOut(Output):
    """A question that was answered; `value` as it is kept, `words` as a person reads it."""

    step: int
    question: str
    value: list[int] | str | None
    words: str


class ScriptRunOut(Output):
    """A run of a script on a ticket: what was answered, and where it stands."""

    id: int
    script_id: int
    script: str
    version: int
    state: Literal["running", "finished", "stopped"]
    begun_at: Instant
    ended_at: Instant | None
    answers: list[AnsweredOut]
    now: StepNowOut


class Begun(Input):
    """Which script."""

    script_id: Id


class Passing(Input):
    """
    The step to pass, as it was read, and what is answered to it.

    Of choices the ids, a number with a point, a day as 2026-11-26; nothing where nothing is asked.
    """

    step: Key
    answer: list[Annotated[str, Field(max_length=500)]] = Field(default_factory=list, max_length=50)


def _save(request: Call, row: Script | None, body: NewScript) -> Script:
    said = writing.ScriptText(
        name=body.name,
        flow=body.flow,
        proposed_when=body.proposed_when,
        brand=brand_named(request.actor, body.brand_id),
        team=team_named(request.actor, body.team_id),
    )
    return writing.write_script(row, said, by=request.actor, at=request.at)


def _script(row: Script) -> dict[str, Any]:
    return {
        "id": row.pk,
        "name": row.name,
        "is_archived": row.archived_at is not None,
        "brand_id": row.brand_id,
        "team_id": row.team_id,
        "published": row.published,
        "flow": row.draft,
        "proposed_when": row.proposed_when,
    }


SCRIPTS = Noun(
    chapter=NOUN,
    path="scripts",
    name="Script",
    singular="a script",
    plural="scripts",
    sees=RUN,
    changes=WRITE,
    gives=ScriptOut,
    takes=NewScript,
    rows=lambda request: Script.objects.filter(ours(request)),
    shown=lambda _request, row: _script(row),
    save=_save,
    turn=lambda request, row: writing.archive_script(row, by=request.actor, at=request.at),
    shared=lambda row: row.brand_id is None,
)
declare(SCRIPTS)


@operation(
    "PUT",
    "scripts/{int:script_id}/publication",
    right=WRITE,
    name="publishScript",
    gives=ScriptVersionOut,
)
def publish(request: Call, script_id: Key) -> dict[str, Any]:
    """Publish the draft: runs begin on it from now on, those under way stay on theirs"""
    made = writing.publish(own(SCRIPTS, request, pk=script_id), by=request.actor, at=request.at)
    return {
        "script_id": made.script_id,
        "version": made.number,
        "published_at": made.published_at,
    }


@operation("GET", f"{TICKET}/scripts", right=RUN, name="listTicketScripts", gives=Offers)
def show_offers(request: Call, number: Key) -> dict[str, Any]:
    """List the scripts that fit a ticket"""
    ticket = ticket_of(request.actor, number)
    offers = offers_for(ticket, by=request.actor, at=request.at)
    return {
        "items": [
            {"id": each.script.pk, "name": each.script.name, "is_proposed": each.is_proposed}
            for each in offers
        ]
    }


@operation("GET", f"{TICKET}/runs", right=RUN, name="listTicketRuns", gives=Page[ScriptRunOut])
def show_runs(request: Call, number: Key, paging: Query[Paging]) -> dict[str, Any]:
    """List the runs of scripts on a ticket with their answers, the latest first"""
    ticket = ticket_of(request.actor, number)
    return page_of(
        _runs(ticket),
        of=f"script-runs:{number}",
        after=paging.after,
        # Each of them is walked anew.
        limit=min(paging.limit, 20),
        show=lambda run: _run(run, ticket, request),
        newest_first=True,
    )


@operation("POST", f"{TICKET}/runs", right=RUN, name="beginRun", gives=ScriptRunOut, status=201)
def begin(request: Call, number: Key, body: Begun) -> dict[str, Any]:
    """Begin a script on a ticket; one at a time"""
    ticket = ticket_of(request.actor, number)
    row = named(scripts_for(ticket, by=request.actor), body.script_id, field="script_id")
    made = running.begin_run(row, ticket, by=request.actor, at=request.at)
    return show(request, number, made.pk)


@operation("GET", ONE, right=RUN, name="getRun", gives=ScriptRunOut)
def show(request: Call, number: Key, run: Key) -> dict[str, Any]:
    """Read a run: its answers, and the step where it stands"""
    ticket = ticket_of(request.actor, number)
    return _run(one(_runs(ticket), run), ticket, request)


@operation("POST", f"{ONE}/steps", right=RUN, name="passStep", gives=ScriptRunOut)
def pass_step(request: Call, number: Key, run: Key, body: Passing) -> dict[str, Any]:
    """
    Pass the step where a run stands: answered, done, or said

    409 says that somebody else went on meanwhile: read the run again.
    """
    row = _one(request, number, run)
    running.pass_step(row, body.step, given=body.answer, by=request.actor, at=request.at)
    return show(request, number, run)


@operation("DELETE", f"{ONE}/steps", right=RUN, name="stepBack", gives=ScriptRunOut)
def back(request: Call, number: Key, run: Key) -> dict[str, Any]:
    """Go back to the step before; what it did with the ticket is undone"""
    running.go_back(_one(request, number, run), by=request.actor, at=request.at)
    return show(request, number, run)


@operation("DELETE", f"{ONE}/activity", right=RUN, name="stopRun", gives=ScriptRunOut)
def stop(request: Call, number: Key, run: Key) -> dict[str, Any]:
    """Stop a run before its end; its answers stay"""
    running.stop_run(_one(request, number, run), by=request.actor, at=request.at)
    return show(request, number, run)


@operation("PUT", f"{ONE}/activity", right=RUN, name="resumeRun", gives=ScriptRunOut)
def resume(request: Call, number: Key, run: Key) -> dict[str, Any]:
    """Take up a run again where it was stopped"""
    running.resume_run(_one(request, number, run), by=request.actor, at=request.at)
    return show(request, number, run)


def _runs(ticket: Ticket) -> QuerySet[Run]:
    rows = Run.objects.filter(ticket=ticket)
    return rows.select_related("version__script").prefetch_related("passages")


def _one(request: Call, number: int, pk: int) -> Run:
    ticket = ticket_of(request.actor, number)
    row = one(_runs(ticket), pk)
    # Read already, with all that belongs to it.
    row.ticket = ticket
    return row


def _run(run: Run, ticket: Ticket, request: Call) -> dict[str, Any]:
    walk, version = walk_of(run), run.version
    return {
        "id": run.pk,
        "script_id": version.script_id,
        "script": version.script.name,
        "version": version.number,
        "state": run.state,
        "begun_at": run.begun_at,
        "ended_at": run.ended_at,
        "answers": _answers(walk),
        "now": _now(walk.step, ticket, request, is_under_way=run.state == RunState.RUNNING),
    }


def _answers(walk: Walk) -> list[dict[str, Any]]:
    language = get_language() or "en"
    steps = [(walk.flow.step(each.step), each.answer) for each in walk.passed]
    return [
        {
            "step": step.id,
            "question": step.text.said(language),
            "value": kept(answer),
            "words": in_words(step, answer, language=language),
        }
        for step, answer in steps
        if step is not None and step.kind is StepKind.ASK
    ]


def _now(step: Step, ticket: Ticket, request: Call, *, is_under_way: bool) -> dict[str, Any]:
    language = get_language() or "en"
    theirs = ticket.requester.language or ticket.brand.language
    text = step.text.said(theirs if step.kind is StepKind.SAY else language)
    # Filled in before it is shown: what is said is what was read.
    if is_under_way and step.kind in {StepKind.SAY, StepKind.ASK}:
        text = fill_many(text, [ticket], by=request.actor)[ticket.pk]
    return {
        "id": step.id,
        "kind": step.kind.value,
        "text": text,
        "answer": step.answer.value if step.kind is StepKind.ASK else None,
        "is_required": step.required,
        "options": [{"id": each.id, "label": each.label.said(language)} for each in step.options],
    }
