"""The roles that the product brings along; an administrator may change what they hold."""

from django.utils.translation import gettext_noop

from ambidesk.across.insight.rights import InsightRight
from ambidesk.ground.reach.rights import ReachRight, every_right
from ambidesk.parties.people.rights import PeopleRight
from ambidesk.relation.feedback.rights import FeedbackRight
from ambidesk.service.catalogue.rights import CatalogueRight
from ambidesk.support.conversations.rights import ChannelRight
from ambidesk.support.incidents.rights import IncidentRight
from ambidesk.support.routing.rights import RoutingRight
from ambidesk.support.scripts.rights import ScriptRight
from ambidesk.support.tickets.rights import TicketRight

OPERATOR = frozenset(
    {
        TicketRight.SEE,
        TicketRight.ANSWER,
        TicketRight.WORK,
        TicketRight.REGROUP,
        RoutingRight.TAKE,
        IncidentRight.DECIDE,
        ScriptRight.RUN,
        PeopleRight.SEE,
        PeopleRight.DESCRIBE,
    }
)
TEAM_LEAD = OPERATOR | {
    CatalogueRight.MANAGE,
    ChannelRight.SEE_PROBLEMS,
    FeedbackRight.MANAGE,
    InsightRight.SEE,
    RoutingRight.LEAD,
    IncidentRight.TELL,
    ScriptRight.WRITE,
}
READER = frozenset({TicketRight.SEE, PeopleRight.SEE, ReachRight.SEE_EVERYTHING, InsightRight.SEE})


def shipped() -> dict[str, tuple[str, frozenset[str]]]:
    """Key, name and rights of each shipped role."""
    return {
        "administrator": (gettext_noop("Administrator"), every_right()),
        "team_lead": (gettext_noop("Team lead"), frozenset(map(str, TEAM_LEAD))),
        "operator": (gettext_noop("Operator"), frozenset(map(str, OPERATOR))),
        "reader": (gettext_noop("Reader"), frozenset(map(str, READER))),
    }
