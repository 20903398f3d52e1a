"""The list of the actions on tickets, which wiring registers."""

from dataclasses import replace

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ambidesk.ground.kernel.actions import Action
from ambidesk.support.tickets.actions import parameters, performing
from ambidesk.support.tickets.rights import TicketRight


def _action(name: str, label: Promise | str, *, takes: type, right: TicketRight) -> Action:
    return Action(
        name=f"tickets.{name}",
        label=label,
        parameters=takes,
        right=right.value,
        perform_many=getattr(performing, name),
    )


def _lone(name: str, label: Promise | str, *, takes: type, right: TicketRight) -> Action:
    return Action(
        name=f"tickets.{name}",
        label=label,
        parameters=takes,
        right=right.value,
        perform=getattr(performing, name),
    )


WORK, ANSWER, REGROUP = TicketRight.WORK, TicketRight.ANSWER, TicketRight.REGROUP
TICKET_ACTIONS = (
    _action("assign", _("Put somebody in charge"), takes=parameters.Charge, right=WORK),
    _action("give", _("Give to a colleague"), takes=parameters.Colleague, right=WORK),
    _action("take", _("Take it oneself"), takes=parameters.Nothing, right=WORK),
    _action("hand_over", _("Give to a team"), takes=parameters.Crew, right=WORK),
    _action("answer", _("Answer"), takes=parameters.Text, right=ANSWER),
    _action("note", _("Leave a note"), takes=parameters.Text, right=WORK),
    _action("rename", _("Set the subject"), takes=parameters.Subject, right=WORK),
    _action("tag", _("Put tags on or take them off"), takes=parameters.Tags, right=WORK),
    _action("prioritise", _("Set the priority"), takes=parameters.Urgency, right=WORK),
    _action("categorise", _("Set the category"), takes=parameters.About, right=WORK),
    _action("convert", _("Set the type"), takes=parameters.Kind, right=WORK),
    replace(
        _action("fill", _("Fill in a field"), takes=parameters.Filling, right=WORK),
        check=performing.fits,
    ),
    _action("wait", _("Set the state"), takes=parameters.Turn, right=WORK),
    _action("snooze", _("Let it sleep until"), takes=parameters.Until, right=WORK),
    _action("snooze_for", _("Let it sleep for hours"), takes=parameters.Hours, right=WORK),
    _action("wake", _("Wake it"), takes=parameters.Nothing, right=WORK),
    _action("solve", _("Solve"), takes=parameters.Nothing, right=WORK),
    _action("close", _("Close"), takes=parameters.Nothing, right=WORK),
    _action("reopen", _("Open again"), takes=parameters.Nothing, right=WORK),
    _lone("escalate", _("Escalate to a further line"), takes=parameters.Upwards, right=WORK),
    _lone("hand_back", _("Give back to the line before"), takes=parameters.Because, right=WORK),
    _lone("merge", _("Merge into another ticket"), takes=parameters.Into, right=REGROUP),
    _lone("link", _("Link to another ticket"), takes=parameters.Other, right=REGROUP),
)
