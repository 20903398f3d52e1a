"""What the timeline says of contractors."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from ambidesk.edge.web.workspace.ticket.names import Names
from ambidesk.support.handovers.rules.claim import ClaimState
from ambidesk.support.handovers.rules.standing import Standing

Data = Mapping[str, Any]


def _company(data: Data, names: Names) -> dict[str, str]:
    return {"company": names.companies.get(data["company_id"], "?")}


def _offered(data: Data, names: Names) -> str:
    return _("handed it over to %(company)s") % _company(data, names)


def _moved(data: Data, names: Names) -> str:
    before, after = Standing(data["before"]), Standing(data["after"])
    match after:
        case Standing.ACCEPTED if before is Standing.DONE:
            words = _("sent it back to %(company)s for rework (%(n)s)")
        case Standing.ACCEPTED:
            words = _("accepted it for %(company)s")
        case Standing.DONE:
            words = _("called it done for %(company)s")
        case Standing.TAKEN:
            words = _("took what %(company)s did")
        case Standing.REFUSED:
            words = _("refused it for %(company)s")
        case Standing.RETURNED:
            words = _("gave it back for %(company)s")
        case _:
            words = _("took it back from %(company)s")
    return words % {**_company(data, names), "n": data["reworks"]}


def _said(data: Data, names: Names) -> str:
    if data["is_ours"]:
        return _("wrote to %(company)s") % _company(data, names)
    return _("wrote for %(company)s") % _company(data, names)


def _hastened(data: Data, names: Names) -> str:
    return _("%(company)s is due sooner, since the client is") % _company(data, names)


def _claimed(data: Data, names: Names) -> str:
    if data["before"] is None:
        return _("claimed it from %(company)s under warranty") % _company(data, names)
    label = ClaimState(data["after"]).label
    facts = {**_company(data, names), "state": label}
    return _("noted of the claim from %(company)s: %(state)s") % facts


HANDED: dict[str, Callable[[Data, Any], str]] = {
    "handovers.offered": _offered,
    "handovers.moved": _moved,
    "handovers.said": _said,
    "handovers.hastened": _hastened,
    "handovers.claim_moved": _claimed,
}
