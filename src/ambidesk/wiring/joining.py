"""Joining: whose rights, branches, fields, actions and subscriptions make this product."""

from ambidesk.across.insight import reach as insight_reach
from ambidesk.across.insight.models import FactRow, Figure
from ambidesk.across.insight.rights import INSIGHT_RIGHTS
from ambidesk.ground.conditions import vocabularies
from ambidesk.ground.kernel import actions, subscribers
from ambidesk.ground.reach import branches, rights
from ambidesk.ground.reach.rights import REACH_RIGHTS
from ambidesk.ground.search import document, filters
from ambidesk.parties.brands.rights import BRAND_RIGHTS
from ambidesk.parties.people.models import Identity, Person
from ambidesk.parties.people.rights import PEOPLE_RIGHTS
from ambidesk.parties.staff.rights import STAFF_RIGHTS
from ambidesk.relation.feedback.asking import rewritten
from ambidesk.relation.feedback.rights import FEEDBACK_RIGHTS
from ambidesk.service.catalogue.rights import CATALOGUE_RIGHTS
from ambidesk.service.sla.rights import SLA_RIGHTS
from ambidesk.support.conversations import wording
from ambidesk.support.conversations.models import Attachment, Message
from ambidesk.support.conversations.rights import CHANNEL_RIGHTS
from ambidesk.support.desk.actions import DESK_ACTIONS
from ambidesk.support.incidents import reach as incidents_reach
from ambidesk.support.incidents.models import Incident
from ambidesk.support.incidents.rights import INCIDENT_RIGHTS
from ambidesk.support.routing.rights import ROUTING_RIGHTS
from ambidesk.support.scripts.rights import SCRIPT_RIGHTS
from ambidesk.support.tickets import reach as tickets_reach
from ambidesk.support.tickets.actions.registered import TICKET_ACTIONS
from ambidesk.support.tickets.fields import TICKET_VOCABULARY
from ambidesk.support.tickets.finding.files import FILES
from ambidesk.support.tickets.finding.filters import FILTERS
from ambidesk.support.tickets.finding.messages import MESSAGES
from ambidesk.support.tickets.finding.notes import NOTES
from ambidesk.support.tickets.finding.persons import PERSONS
from ambidesk.support.tickets.finding.scopes import brands_seen
from ambidesk.support.tickets.finding.tickets import TICKETS
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.tickets.rights import TICKET_RIGHTS
from ambidesk.wiring import connectors
from ambidesk.wiring.subscriptions import SUBSCRIPTIONS

RIGHTS = (
    TICKET_RIGHTS,
    ROUTING_RIGHTS,
    INCIDENT_RIGHTS,
    SCRIPT_RIGHTS,
    PEOPLE_RIGHTS,
    CHANNEL_RIGHTS,
    CATALOGUE_RIGHTS,
    SLA_RIGHTS,
    FEEDBACK_RIGHTS,
    INSIGHT_RIGHTS,
    BRAND_RIGHTS,
    STAFF_RIGHTS,
    REACH_RIGHTS,
)

BRANCHES = {
    Ticket: tickets_reach.tickets_of_served_brands,
    Incident: incidents_reach.incidents_of_served_brands,
    Message: tickets_reach.messages_of_visible_tickets,
    Attachment: tickets_reach.attachments_of_visible_tickets,
    Person: tickets_reach.persons_of_visible_tickets,
    Identity: tickets_reach.identities_of_visible_persons,
    FactRow: insight_reach.of_served_brands,
    Figure: insight_reach.of_served_brands,
}

VOCABULARIES = (TICKET_VOCABULARY,)
# In the order in which results are shown.
SORTS = (TICKETS, PERSONS, MESSAGES, NOTES, FILES)


def join() -> None:
    """Join what the packages declare; joining twice is joining once."""
    for group in RIGHTS:
        rights.declare(group)
    for model, branch in BRANCHES.items():
        branches.declare(model, branch)
    for vocabulary in VOCABULARIES:
        vocabularies.register(vocabulary)
    for sort in SORTS:
        document.declare(sort)
    for each in FILTERS:
        filters.declare(each)
    document.declare_scopes(brands_seen)
    for action in (*TICKET_ACTIONS, *DESK_ACTIONS):
        actions.register(action)
    wording.declare(rewritten)
    connectors.join()
    for subscription in SUBSCRIPTIONS:
        subscribers.subscribe(subscription)
