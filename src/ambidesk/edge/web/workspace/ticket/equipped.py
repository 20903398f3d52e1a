"""Sentences of the timeline about equipment: which it is, what was spent, that it was mended."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from ambidesk.edge.web.workspace.ticket.names import Data, Names
from ambidesk.support.works.events import FactKind


def _equipped(data: Data, _names: Names) -> str:
    if data["asset_id"] is None:
        return _("said that it is about no equipment")
    return _("said which equipment it is about")


def _fact(data: Data, _names: Names) -> str:
    if data["reverses_id"] is not None:
        return _("took back what had been spent")
    match FactKind(data["fact"]):
        case FactKind.WORK_LOG:
            return _("put down time")
        case FactKind.EXPENSE:
            return _("put down an expense")
        case FactKind.PART_USE:
            return _("put down a part")
        case FactKind.UNIT_USE:
            return _("put down a visit or units")


def _repaired(_data: Data, _names: Names) -> str:
    return _("put down a repair")


EQUIPPED: dict[str, Callable[[Data, Names], str]] = {
    "tickets.equipped": _equipped,
    "works.fact_recorded": _fact,
    "works.ticket_repaired": _repaired,
}
