"""What a contractor is shown: what is handed over to the company, and one of it whole."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ambidesk.edge.web.portal.files import FileView
from ambidesk.ground.reach.actor import Actor
from ambidesk.service.workflow.going import stage_of
from ambidesk.service.workflow.models import Tick
from ambidesk.support.handovers.models import Handover, Word
from ambidesk.support.handovers.rules.standing import Standing

MOST = 100
# The colours of what a state means, as for tickets.
LOOKS = {
    Standing.OFFERED: "new",
    Standing.ACCEPTED: "open",
    Standing.DONE: "waiting_other",
    Standing.TAKEN: "solved",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkRow:
    """One of them in a list."""

    id: int
    task: str
    place: str
    state: str
    words: str
    due_at: datetime | None

    @classmethod
    def of(cls, row: Handover) -> "WorkRow":
        """Say of it what a list shows."""
        standing = Standing(row.standing)
        return cls(
            id=row.pk,
            task=row.task,
            place=row.site.name if row.site else "",
            state=LOOKS.get(standing, "closed"),
            words=str(standing.label),
            due_at=row.due_at if row.is_theirs else None,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkPage:
    """What waits for an answer, what is under way, and what was done lately."""

    offered: tuple[WorkRow, ...]
    going: tuple[WorkRow, ...]
    done: tuple[WorkRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WordView:
    """Something that was said."""

    at: datetime
    name: str
    kind: str
    is_ours: bool
    text: str
    files: tuple[FileView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LineView:
    """A line of the checklist."""

    id: int
    text: str
    done: bool
    required: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverPage:
    """One of them as the contractor reads it."""

    row: WorkRow
    address: str
    asset: str
    serial: str
    reworks: int
    lines: tuple[LineView, ...]
    said: tuple[WordView, ...]
    can_answer: bool
    can_finish: bool
    can_write: bool
    error: str
    text: str


def read_work(actor: Actor) -> WorkPage:
    """Read what a contractor's people see, what is due first on top."""
    seen = Handover.objects.visible_to(actor).select_related("site")
    due = seen.order_by("due_at", "pk")
    return WorkPage(
        offered=_rows(due.filter(standing=Standing.OFFERED)[:MOST]),
        going=_rows(due.filter(standing=Standing.ACCEPTED)[:MOST]),
        done=_rows(
            seen.filter(standing__in=[Standing.DONE, Standing.TAKEN]).order_by("-done_at")[:MOST]
        ),
    )


def one_page(row: Handover, *, error: str = "", text: str = "") -> HandoverPage:
    """Read one of them; it was fetched as visible."""
    standing = Standing(row.standing)
    return HandoverPage(
        row=WorkRow.of(row),
        address=row.site.address if row.site else "",
        asset=str(row.asset.model) if row.asset else "",
        serial=row.asset.serial if row.asset else "",
        reworks=row.reworks,
        lines=_lines(row),
        said=said_about(row),
        can_answer=standing is Standing.OFFERED,
        can_finish=standing is Standing.ACCEPTED,
        can_write=row.is_open,
        error=error,
        text=text,
    )


def said_about(row: Handover) -> tuple[WordView, ...]:
    """What was said, the oldest first."""
    words = Word.objects.filter(handover=row.pk).select_related("author")
    rows = words.prefetch_related("files__blob").order_by("pk")
    return tuple(_word(each) for each in rows)


def _rows(rows: Iterable[Handover]) -> tuple[WorkRow, ...]:
    return tuple(WorkRow.of(row) for row in rows)


def _lines(row: Handover) -> tuple[LineView, ...]:
    if row.stay is None:
        return ()
    language = get_language() or "en"
    ticked = set(Tick.objects.filter(stay=row.stay_id).values_list("item", flat=True))
    return tuple(
        LineView(
            id=item.id,
            text=item.text.said(language),
            done=item.id in ticked,
            required=item.required,
        )
        for item in stage_of(row.stay).checklist
    )


def _word(word: Word) -> WordView:
    author = word.author.name if word.author else ""
    return WordView(
        at=word.at,
        name=author or (_("The desk") if word.is_ours else _("Contractor")),
        kind="" if word.kind == "word" else str(word.get_kind_display()),
        is_ours=word.is_ours,
        text=word.text,
        files=tuple(map(FileView.of, word.files.all())),
    )
