"""Describing: what is wrong with a line, for whoever has to mend it."""

from django.utils.translation import gettext_lazy as _

from ambidesk.across.importing.rules.rows import Fault, Problem

SENTENCES = {
    Fault.NO_TICKET: _("it names no ticket"),
    Fault.BAD_TIME: _("“%(value)s” is no time as the mapping says"),
    Fault.BAD_ORDER: _("“%(value)s” is no number to put rows in order"),
    Fault.UNKNOWN_STATE: _("the mapping does not say what state “%(value)s” is"),
    Fault.UNKNOWN_PRIORITY: _("the mapping does not say what priority “%(value)s” is"),
    Fault.UNKNOWN_KIND: _("the mapping does not say what kind of row “%(value)s” is"),
    Fault.BAD_ADDRESS: _("“%(value)s” is no address"),
    Fault.NO_WORDS: _("it tells of words and has none"),
    Fault.NO_ADDRESS: _("it has words of the requester, but no address of theirs"),
    Fault.UNKNOWN_TEAM: _("there is no team “%(value)s” here, and the mapping creates none"),
    Fault.UNKNOWN_STAFF: _("there is no colleague “%(value)s” here, and the mapping creates none"),
    Fault.UNKNOWN_CATEGORY: _(
        "there is no category “%(value)s” here, and the mapping creates none"
    ),
    Fault.CHANGED_HERE: _("there is news of this ticket, but it was worked on here meanwhile"),
    Fault.ERASED: _("its requester was erased here"),
    Fault.CHANGED_THERE: _("what is in already stands otherwise in the file now"),
}


def describe(problem: Problem) -> str:
    """Say where it is and what is wrong."""
    why = str(SENTENCES[problem.fault]) % {"value": problem.value}
    if problem.ticket:
        facts = {"line": problem.line, "ticket": problem.ticket, "why": why}
        return _("Line %(line)s, ticket %(ticket)s: %(why)s.") % facts
    return _("Line %(line)s: %(why)s.") % {"line": problem.line, "why": why}
