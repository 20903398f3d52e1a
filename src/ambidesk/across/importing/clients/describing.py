"""Describing: what an import found, as sentences for whoever has to mend the file."""

from django.utils.translation import gettext as _

from ambidesk.across.importing.clients.cells import Problem
from ambidesk.across.importing.clients.sheets import Sheet, title_of


def describe(problem: Problem, sheet: Sheet) -> str:
    """Say where it is and what is wrong, in the language of whoever reads."""
    facts = {
        "line": problem.line,
        "column": title_of(sheet, problem.column),
        "why": str(problem.why),
    }
    return _("Row %(line)s, %(column)s: %(why)s") % facts
