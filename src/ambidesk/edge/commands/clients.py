"""What `ambidesk import` of clients, equipment, repairs and debts asks of an open desk."""

from datetime import datetime
from pathlib import Path
from typing import Any

from ambidesk.across.importing.clients.cells import Problem
from ambidesk.across.importing.clients.describing import describe
from ambidesk.across.importing.clients.manner import USUAL, read_manner
from ambidesk.across.importing.clients.sheets import Sheet, title_of
from ambidesk.across.importing.clients.taking_in import take_in
from ambidesk.across.importing.loading import Progress
from ambidesk.edge.commands.speech import gettext as _
from ambidesk.edge.commands.trouble import Trouble
from ambidesk.ground.kernel.journal import Origin
from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.ground.reach.actor import Actor, ActorKind

BY = Actor(kind=ActorKind.IMPORT, origin=Origin.IMPORT)


def bring_in(
    file: Path,
    sheet: str,
    *,
    dry_run: bool,
    is_whole: bool = False,
    mapping: Path | None = None,
    at: datetime,
    progress: Progress,
) -> dict[str, Any]:
    """
    Take in a file; give what became of it as plain values.

    Raises:
        Trouble: the file cannot be read.
    """
    kind = Sheet(sheet)
    try:
        with file.open("rb") as opened:
            report = take_in(
                opened,
                kind,
                dry_run=dry_run,
                is_whole=is_whole,
                manner=read_manner(mapping.read_bytes(), kind) if mapping else USUAL,
                by=BY,
                at=at,
                progress=progress,
            )
    except OSError as error:
        facts = {"path": error.filename, "why": error.strerror}
        raise Trouble(_("%(path)s cannot be read: %(why)s.") % facts) from error
    except Refusal as refusal:
        raise Trouble(str(refusal)) from refusal
    counts = ("rows", "new", "changed", "unchanged", "held")
    return {
        "dry_run": report.dry_run,
        "rows": {name: getattr(report, name) for name in counts},
        "problems": [_told(each, kind) for each in report.problems],
    }


def _told(problem: Problem, kind: Sheet) -> dict[str, Any]:
    return {
        "row": problem.line,
        "column": title_of(kind, problem.column),
        "reason": str(problem.why),
        "problem": describe(problem, kind),
    }
