"""The scopes that a key to the API can be given: for each noun what reading and changing need."""

from django.utils.translation import gettext_lazy as _

from ambidesk.across.automation.rights import RuleRight
from ambidesk.across.insight.rights import InsightRight
from ambidesk.ground.reach.rights import ReachRight
from ambidesk.ground.reach.scopes import Scope
from ambidesk.parties.brands.rights import BrandRight
from ambidesk.parties.companies.rights import CompaniesRight
from ambidesk.parties.consents.rights import ConsentRight
from ambidesk.parties.people.rights import PeopleRight
from ambidesk.parties.staff.rights import StaffRight
from ambidesk.relation.feedback.rights import FeedbackRight
from ambidesk.service.assets.rights import AssetRight
from ambidesk.service.catalogue.rights import CatalogueRight
from ambidesk.service.contracts.rights import ContractRight
from ambidesk.service.sla.rights import SlaRight
from ambidesk.service.workflow.rights import WorkflowRight
from ambidesk.support.approvals.rights import ApprovalRight
from ambidesk.support.conversations.rights import ChannelRight
from ambidesk.support.incidents.rights import IncidentRight
from ambidesk.support.knowledge.rights import KnowledgeRight
from ambidesk.support.routing.rights import RoutingRight
from ambidesk.support.scripts.rights import ScriptRight
from ambidesk.support.tickets.rights import TicketRight
from ambidesk.support.webhooks.rights import WebhookRight


def _scope(key: str, words: object, *rights: str) -> Scope:
    return Scope(key=key, words=words, rights=frozenset(str(right) for right in rights))  # type: ignore[arg-type]  # lazy words


SEE, WORK, ANSWER = TicketRight.SEE, TicketRight.WORK, TicketRight.ANSWER
# A contract is a company's: who reads it sees whose it is.
CONTRACTS = (CompaniesRight.SEE, ContractRight.SEE)
TAKE, LEAD = RoutingRight.TAKE, RoutingRight.LEAD
SCOPES = (
    _scope("tickets:read", _("Read tickets, messages and notes"), SEE),
    _scope("tickets:write", _("Open and change tickets"), SEE, WORK, TicketRight.REGROUP),
    _scope("messages:write", _("Answer"), SEE, ANSWER),
    _scope("people:read", _("Read persons and their addresses"), PeopleRight.SEE),
    _scope("people:write", _("Change persons"), PeopleRight.SEE, PeopleRight.DESCRIBE),
    _scope("people:join", _("Join persons and undo it"), PeopleRight.SEE, PeopleRight.JOIN),
    _scope("people:export", _("Take out what is held of persons"), PeopleRight.EXPORT),
    _scope("consents:write", _("Put down consents"), PeopleRight.SEE, ConsentRight.NOTE),
    _scope(
        "consents:publish",
        _("Publish what people agree to"),
        PeopleRight.SEE,
        ConsentRight.MANAGE,
    ),
    _scope("people:erase", _("Erase persons"), PeopleRight.SEE, PeopleRight.ERASE),
    _scope("companies:read", _("Read companies, sites and contacts"), CompaniesRight.SEE),
    _scope(
        "companies:write",
        _("Change companies, sites and contacts"),
        CompaniesRight.SEE,
        CompaniesRight.MANAGE,
    ),
    _scope("assets:read", _("Read equipment"), CompaniesRight.SEE, AssetRight.SEE),
    _scope(
        "assets:write",
        _("Register, move and repair equipment"),
        CompaniesRight.SEE,
        AssetRight.SEE,
        AssetRight.KEEP,
    ),
    _scope("articles:read", _("Read and search articles"), KnowledgeRight.READ),
    _scope("articles:write", _("Write articles"), KnowledgeRight.READ, KnowledgeRight.WRITE),
    _scope(
        "articles:publish",
        _("Review and publish articles"),
        KnowledgeRight.READ,
        KnowledgeRight.WRITE,
        KnowledgeRight.REVIEW,
        KnowledgeRight.PUBLISH,
    ),
    _scope("incidents:write", _("Decide about incidents"), IncidentRight.DECIDE),
    _scope(
        "incidents:tell", _("Tell all of an incident"), IncidentRight.DECIDE, IncidentRight.TELL
    ),
    _scope("approvals:ask", _("Ask clients for approvals"), SEE, ApprovalRight.ASK),
    _scope(
        "approvals:note",
        _("Note what clients answered, for a member of staff"),
        SEE,
        ApprovalRight.ASK,
        ApprovalRight.NOTE,
    ),
    _scope("problems:settle", _("See problems and settle them"), ChannelRight.SEE_PROBLEMS),
    _scope("queues:take", _("Take the next ticket"), SEE, TAKE),
    _scope("queues:lead", _("See and move the load"), SEE, TAKE, LEAD),
    _scope("scripts:run", _("Run scripts"), SEE, ScriptRight.RUN),
    _scope("scripts:write", _("Write scripts"), ScriptRight.RUN, ScriptRight.WRITE),
    _scope(
        "catalogue:write", _("Change types, categories, tags and templates"), CatalogueRight.MANAGE
    ),
    _scope("rules:write", _("Change rules"), RuleRight.MANAGE),
    _scope("queues:write", _("Change queues"), RoutingRight.MANAGE),
    _scope("surveys:write", _("Change surveys"), FeedbackRight.MANAGE),
    _scope("figures:read", _("Read figures"), InsightRight.SEE),
    _scope("contracts:read", _("Read contracts and what is left of packages"), *CONTRACTS),
    _scope("contracts:write", _("Write contracts"), *CONTRACTS, ContractRight.MANAGE),
    _scope("debts:write", _("Load debts and set stops"), *CONTRACTS, ContractRight.DEBTS),
    _scope("stops:lift", _("Lift stops"), *CONTRACTS, ContractRight.LIFT),
    _scope("processes:write", _("Change processes"), WorkflowRight.DRAW),
    _scope("promises:write", _("Change calendars and promises"), SlaRight.MANAGE),
    _scope("channels:write", _("Change channels"), ChannelRight.MANAGE, ChannelRight.SEE_PROBLEMS),
    _scope("webhooks:write", _("Change webhooks"), WebhookRight.MANAGE),
    _scope("teams:write", _("Change teams"), StaffRight.MANAGE_TEAMS),
    _scope(
        "absences:write",
        _("Enter and end absences, and read why somebody is away"),
        SEE,
        StaffRight.KEEP_ABSENCES,
    ),
    _scope("staff:provision", _("Keep staff from a directory (SCIM)"), StaffRight.PROVISION),
    _scope("brands:write", _("Change brands"), BrandRight.MANAGE),
    _scope("audit:read", _("Read who did what when"), ReachRight.AUDIT),
    _scope("brands:all", _("Reach all brands"), ReachRight.SEE_EVERYTHING),
    _scope("behalf", _("Act for a member of staff, with no more than both may")),
)
