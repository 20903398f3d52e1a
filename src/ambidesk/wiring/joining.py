"""Joining: whose rights, branches, fields, actions and subscriptions make this product."""

from collections.abc import Sequence

from django.db.models import Model

from ambidesk.across.automation import triggers
from ambidesk.across.automation.actions import AUTOMATION_ACTIONS
from ambidesk.across.automation.rights import AUTOMATION_RIGHTS
from ambidesk.across.context.knowing import CONTEXT_VOCABULARY
from ambidesk.across.insight import reach as insight_reach
from ambidesk.across.insight.models import FactRow, Figure, SavedReport
from ambidesk.across.insight.rights import INSIGHT_RIGHTS
from ambidesk.ground.conditions import vocabularies
from ambidesk.ground.kernel import actions, subscribers
from ambidesk.ground.reach import branches, rights, scopes
from ambidesk.ground.reach.branches import Branch
from ambidesk.ground.reach.rights import REACH_RIGHTS
from ambidesk.ground.search import document, filters
from ambidesk.parties.authority import reach as authority_reach
from ambidesk.parties.authority.rights import AUTHORITY_RIGHTS
from ambidesk.parties.brands.rights import BRAND_RIGHTS
from ambidesk.parties.companies import reach as companies_reach
from ambidesk.parties.companies.models import Company, Contact, Site, Territory
from ambidesk.parties.companies.rights import COMPANIES_RIGHTS
from ambidesk.parties.consents.rights import CONSENT_RIGHTS
from ambidesk.parties.people.models import Identity, Person
from ambidesk.parties.people.rights import PEOPLE_RIGHTS
from ambidesk.parties.staff.rights import STAFF_RIGHTS
from ambidesk.relation.feedback.asking import rewritten
from ambidesk.relation.feedback.fields import rated
from ambidesk.relation.feedback.rights import FEEDBACK_RIGHTS
from ambidesk.service.assets import reach as assets_reach
from ambidesk.service.assets.models import Asset, Document
from ambidesk.service.assets.rights import ASSET_RIGHTS
from ambidesk.service.catalogue.rights import CATALOGUE_RIGHTS
from ambidesk.service.contractors import reach as contractors_reach
from ambidesk.service.contractors.models import Contractor
from ambidesk.service.contractors.rights import CONTRACTOR_RIGHTS
from ambidesk.service.contracts import reach as contracts_reach
from ambidesk.service.contracts.models import Contract
from ambidesk.service.contracts.rights import CONTRACT_RIGHTS
from ambidesk.service.sla.rights import SLA_RIGHTS
from ambidesk.service.workflow.rights import WORKFLOW_RIGHTS
from ambidesk.support.approvals import reach as approvals_reach
from ambidesk.support.approvals.actions import APPROVAL_ACTIONS
from ambidesk.support.approvals.fields import approved
from ambidesk.support.approvals.models import Approval
from ambidesk.support.approvals.rights import APPROVAL_RIGHTS
from ambidesk.support.approvals.wording import rewritten as approval_words
from ambidesk.support.conversations import wording
from ambidesk.support.conversations.models import Attachment, Message
from ambidesk.support.conversations.rights import CHANNEL_RIGHTS
from ambidesk.support.coverage.fields import covered
from ambidesk.support.desk.actions import DESK_ACTIONS
from ambidesk.support.handovers import reach as handovers_reach
from ambidesk.support.handovers.models import Handover, HandoverFile
from ambidesk.support.incidents import reach as incidents_reach
from ambidesk.support.incidents.models import Incident
from ambidesk.support.incidents.rights import INCIDENT_RIGHTS
from ambidesk.support.knowledge import reach as knowledge_reach
from ambidesk.support.knowledge.models import Article
from ambidesk.support.knowledge.rights import KNOWLEDGE_RIGHTS
from ambidesk.support.routing.rights import ROUTING_RIGHTS
from ambidesk.support.scripts.fields import answered
from ambidesk.support.scripts.rights import SCRIPT_RIGHTS
from ambidesk.support.stages.actions import STAGE_ACTIONS
from ambidesk.support.stages.fields import standing
from ambidesk.support.telephony import reach as telephony_reach
from ambidesk.support.telephony.models import Call
from ambidesk.support.tickets import clients
from ambidesk.support.tickets import reach as tickets_reach
from ambidesk.support.tickets.actions.registered import TICKET_ACTIONS
from ambidesk.support.tickets.custom import custom_fields
from ambidesk.support.tickets.fields import TICKET_VOCABULARY
from ambidesk.support.tickets.finding.files import FILES
from ambidesk.support.tickets.finding.filters import FILTERS
from ambidesk.support.tickets.finding.messages import MESSAGES
from ambidesk.support.tickets.finding.notes import NOTES
from ambidesk.support.tickets.finding.persons import PERSONS
from ambidesk.support.tickets.finding.scopes import brands_seen
from ambidesk.support.tickets.finding.tickets import TICKETS
from ambidesk.support.tickets.models import NoteFile, Ticket
from ambidesk.support.tickets.rights import TICKET_RIGHTS
from ambidesk.support.webhooks import kinds as webhook_kinds
from ambidesk.support.webhooks.rights import WEBHOOK_RIGHTS
from ambidesk.support.works.fields import equipped
from ambidesk.wiring import connectors
from ambidesk.wiring.scopes import SCOPES
from ambidesk.wiring.subscriptions import SUBSCRIPTIONS
from ambidesk.wiring.webhooks import KINDS as WEBHOOK_KINDS

RIGHTS = (
    TICKET_RIGHTS,
    ROUTING_RIGHTS,
    INCIDENT_RIGHTS,
    SCRIPT_RIGHTS,
    WORKFLOW_RIGHTS,
    APPROVAL_RIGHTS,
    KNOWLEDGE_RIGHTS,
    PEOPLE_RIGHTS,
    COMPANIES_RIGHTS,
    ASSET_RIGHTS,
    AUTHORITY_RIGHTS,
    CONSENT_RIGHTS,
    CHANNEL_RIGHTS,
    WEBHOOK_RIGHTS,
    CATALOGUE_RIGHTS,
    SLA_RIGHTS,
    CONTRACT_RIGHTS,
    CONTRACTOR_RIGHTS,
    FEEDBACK_RIGHTS,
    INSIGHT_RIGHTS,
    AUTOMATION_RIGHTS,
    BRAND_RIGHTS,
    STAFF_RIGHTS,
    REACH_RIGHTS,
)

BRANCHES: dict[type[Model], Branch | Sequence[Branch]] = {
    Ticket: (tickets_reach.tickets_of_served_brands, *clients.TICKETS),
    Call: telephony_reach.calls_of_served_brands,
    Article: (knowledge_reach.articles_of_served_brands, knowledge_reach.articles_for_clients),
    Incident: incidents_reach.incidents_of_served_brands,
    Message: (tickets_reach.messages_of_visible_tickets, clients.messages_for_clients),
    Attachment: (tickets_reach.attachments_of_visible_tickets, clients.attachments_for_clients),
    NoteFile: tickets_reach.note_files_of_visible_tickets,
    Person: tickets_reach.persons_of_visible_tickets,
    Identity: tickets_reach.identities_of_visible_persons,
    Asset: (assets_reach.assets_of_visible_companies, assets_reach.assets_at_covered_sites),
    Document: assets_reach.documents_of_visible_assets,
    Contract: (contracts_reach.of_staff, contracts_reach.of_told),
    Approval: (approvals_reach.of_staff, approvals_reach.of_asked),
    Contractor: contractors_reach.of_staff,
    Handover: (
        handovers_reach.handovers_of_visible_tickets,
        handovers_reach.handovers_to_own_company,
    ),
    HandoverFile: handovers_reach.files_of_visible_handovers,
    Company: (companies_reach.of_staff, authority_reach.own_companies),
    Contact: (companies_reach.of_staff, authority_reach.managed_contacts),
    Site: (companies_reach.of_staff, authority_reach.covered_sites),
    Territory: (companies_reach.of_staff, authority_reach.covered_territories),
    FactRow: insight_reach.of_served_brands,
    Figure: insight_reach.of_served_brands,
    SavedReport: insight_reach.reports_of_own,
}

VOCABULARIES = (TICKET_VOCABULARY, CONTEXT_VOCABULARY)
# What packages above tickets know of them; last, for it is read: the desk's own fields.
LENT = (answered, approved, covered, equipped, rated, standing, custom_fields)
# In the order in which results are shown.
SORTS = (TICKETS, PERSONS, MESSAGES, NOTES, FILES)


def join() -> None:
    """Join what the packages declare; joining twice is joining once."""
    for group in RIGHTS:
        rights.declare(group)
    scopes.declare(SCOPES)
    for model, branch in BRANCHES.items():
        branches.declare(model, *(branch if isinstance(branch, Sequence) else (branch,)))
    for source in LENT:
        TICKET_VOCABULARY.extend(source)
    for vocabulary in VOCABULARIES:
        vocabularies.register(vocabulary)
    for sort in SORTS:
        document.declare(sort)
    for each in FILTERS:
        filters.declare(each)
    document.declare_scopes(brands_seen)
    for action in (
        *TICKET_ACTIONS,
        *DESK_ACTIONS,
        *STAGE_ACTIONS,
        *APPROVAL_ACTIONS,
        *AUTOMATION_ACTIONS,
    ):
        actions.register(action)
    for trigger in triggers.TRIGGERS:
        triggers.register(trigger)
    wording.declare(rewritten)
    wording.declare(approval_words)
    webhook_kinds.declare(WEBHOOK_KINDS)
    connectors.join()
    for subscription in SUBSCRIPTIONS:
        subscribers.subscribe(subscription)
