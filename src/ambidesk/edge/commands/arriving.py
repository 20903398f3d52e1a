"""What `ambidesk import` asks of an open desk."""

from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from ambidesk.across.importing.describing import describe
from ambidesk.across.importing.loading import Progress
from ambidesk.across.importing.reconciling import Reconciliation
from ambidesk.across.importing.rules.mapping import read_mapping
from ambidesk.across.importing.taking_in import Taken, take_in
from ambidesk.edge.commands.speech import gettext as _
from ambidesk.edge.commands.trouble import Trouble
from ambidesk.ground.kernel.refusal import Refusal


def events(
    file: Path, mapping: Path, *, dry_run: bool, at: datetime, progress: Progress
) -> dict[str, Any]:
    """
    Take in a file of events; give what became of it as plain values.

    Raises:
        Trouble: file or mapping cannot be read.
    """
    try:
        text = mapping.read_text(encoding="utf-8-sig")
        # So that a file that is not there is said as plainly as a mapping that is not.
        file.stat()
        taken = take_in(file, read_mapping(text), dry_run=dry_run, at=at, progress=progress)
    except OSError as error:
        facts = {"path": error.filename, "why": error.strerror}
        raise Trouble(_("%(path)s cannot be read: %(why)s.") % facts) from error
    except UnicodeDecodeError as error:
        raise Trouble(_("%(path)s is no text in UTF-8.") % {"path": mapping}) from error
    except Refusal as refusal:
        raise Trouble(str(refusal)) from refusal
    return _told(taken)


def _told(taken: Taken) -> dict[str, Any]:
    plan = taken.plan
    coming = sum(len(each.rows) for each in plan.taken)
    return {
        "dry_run": taken.run is None,
        "tickets": {
            "file": len(plan.taken) + len(plan.held),
            "created": len(plan.new),
            "continued": len(plan.grown),
            "unchanged": len(plan.unchanged),
            "held": len(plan.held),
        },
        "rows": {"file": plan.rows, "taken": coming, "held": plan.rows - coming},
        "problems": [
            {"line": each.line, "ticket": each.ticket, "problem": describe(each)}
            for each in plan.problems
        ],
        "reconciliation": _counted(taken.reconciliation) if taken.reconciliation else None,
    }


def _counted(counted: Reconciliation) -> dict[str, Any]:
    return {
        "agrees": counted.agrees,
        "tickets": asdict(counted.tickets),
        "rows": asdict(counted.rows),
        "states": {state.value: asdict(each) for state, each in counted.states.items()},
        "worked_on_here": counted.worked_on_here,
    }
