"""Saying: an approval in words: what is asked, how much, and what to do when nobody may."""

from django.utils.translation import gettext as _

from ambidesk.parties.authority.saying import money_words
from ambidesk.service.approvals.rules.deciding import Kind
from ambidesk.service.approvals.rules.nobody import Nobody, Reason
from ambidesk.support.approvals.models import Approval


def remedy_of(nobody: Nobody) -> str:
    """Say what can be done when nobody may."""
    match nobody.reason:
        case Reason.POWERLESS:
            return _("Give a contact of the company this authority first.")
        case Reason.ELSEWHERE:
            return _("Set the site of the ticket, or widen the authority of a contact.")
        case Reason.LIMIT:
            if nobody.highest is None:
                return _("Raise a limit.")
            highest = {"highest": money_words(nobody.highest)}
            return _("The highest is %(highest)s: raise a limit or lower the amount.") % highest
        case Reason.CURRENCY:
            return _("Ask in that currency, or give a limit in this one.")
        case Reason.OWN:
            return _("Give another contact of the company this authority.")


def question_of(approval: Approval) -> str:
    """Say what is asked, as a question to whoever approves."""
    match Kind(approval.kind):
        case Kind.REQUEST:
            return _("Do you approve this request?")
        case Kind.COST:
            return _("Do you approve this cost?")
        case Kind.ACCEPTANCE:
            return _("Do you accept the works?")


def amount_of(approval: Approval) -> str:
    """Say what it costs; nothing where it is no matter of money."""
    return money_words(approval.amount) if approval.amount else ""
