"""Approvals on the timeline."""

from django.utils.translation import gettext as _

from ambidesk.edge.web.workspace.ticket.names import Data, Names
from ambidesk.service.approvals.rules.deciding import Kind, Source
from ambidesk.support.approvals.models import Ended

ANSWERED = "approvals.answered"


def _asked(data: Data, names: Names) -> str:
    who = ", ".join(names.contacts.get(each, "?") for each in data["contact_ids"])
    facts = {"what": str(Kind(data["approves"]).label).lower(), "who": who}
    if data["step"] > 1:
        return _("asked further for approval (%(what)s): %(who)s") % facts
    return _("asked for approval (%(what)s): %(who)s") % facts


def _answered(data: Data, names: Names) -> str:
    facts = {
        "what": str(Kind(data["approves"]).label).lower(),
        "who": names.contacts.get(data["contact_id"], "?"),
        "how": Source(data["source"]).label,
    }
    if data["source"] == Source.NOTED:
        if data["yes"]:
            return _("noted the answer of %(who)s: approved (%(what)s)") % facts
        return _("noted the answer of %(who)s: refused (%(what)s)") % facts
    if data["yes"]:
        return _("approved (%(what)s) %(how)s") % facts
    return _("refused (%(what)s) %(how)s") % facts


def _voided(data: Data, _names: Names) -> str:
    facts = {
        "what": str(Kind(data["approves"]).label).lower(),
        "why": Ended(data["why"]).label,
    }
    if data["was_approved"]:
        return _("what was approved holds no longer (%(what)s): %(why)s") % facts
    return _("it is not asked any more (%(what)s): %(why)s") % facts


def _unheard(data: Data, _names: Names) -> str:
    facts = {"what": str(Kind(data["approves"]).label).lower()}
    return _("nobody is left to ask for approval (%(what)s), and nobody answered") % facts


APPROVED = {
    "approvals.asked": _asked,
    ANSWERED: _answered,
    "approvals.voided": _voided,
    "approvals.unheard": _unheard,
}
