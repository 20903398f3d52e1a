"""The roles that the product brings along; an administrator may change what they hold."""

from django.utils.translation import gettext_noop

from ambidesk.across.insight.rights import InsightRight
from ambidesk.ground.reach.rights import ReachRight, every_right
from ambidesk.parties.authority.rights import AuthorityRight
from ambidesk.parties.companies.rights import CompaniesRight
from ambidesk.parties.consents.rights import ConsentRight
from ambidesk.parties.people.rights import PeopleRight
from ambidesk.parties.staff.rights import StaffRight
from ambidesk.relation.feedback.rights import FeedbackRight
from ambidesk.service.assets.rights import AssetRight
from ambidesk.service.catalogue.rights import CatalogueRight
from ambidesk.service.contractors.rights import ContractorRight
from ambidesk.service.contracts.rights import ContractRight
from ambidesk.service.workflow.rights import WorkflowRight
from ambidesk.support.approvals.rights import ApprovalRight
from ambidesk.support.conversations.rights import ChannelRight
from ambidesk.support.incidents.rights import IncidentRight
from ambidesk.support.knowledge.rights import KnowledgeRight
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
        KnowledgeRight.READ,
        KnowledgeRight.WRITE,
        ScriptRight.RUN,
        PeopleRight.SEE,
        PeopleRight.DESCRIBE,
        PeopleRight.JOIN,
        CompaniesRight.SEE,
        AssetRight.SEE,
        AssetRight.KEEP,
        ContractRight.SEE,
        ConsentRight.NOTE,
        ApprovalRight.ASK,
        ApprovalRight.NOTE,
    }
)
TEAM_LEAD = OPERATOR | {
    AuthorityRight.GRANT,
    CatalogueRight.MANAGE,
    CompaniesRight.MANAGE,
    AssetRight.DECIDE,
    ContractRight.OVERRULE,
    ContractorRight.MANAGE,
    ChannelRight.SEE_PROBLEMS,
    FeedbackRight.MANAGE,
    InsightRight.SEE,
    InsightRight.MAIL,
    RoutingRight.LEAD,
    IncidentRight.TELL,
    KnowledgeRight.REVIEW,
    KnowledgeRight.PUBLISH,
    ScriptRight.WRITE,
    StaffRight.KEEP_ABSENCES,
    WorkflowRight.DRAW,
}
READER = frozenset(
    {
        TicketRight.SEE,
        PeopleRight.SEE,
        CompaniesRight.SEE,
        AssetRight.SEE,
        ContractRight.SEE,
        ReachRight.SEE_EVERYTHING,
        InsightRight.SEE,
        KnowledgeRight.READ,
    }
)


def shipped() -> dict[str, tuple[str, frozenset[str]]]:
    """Key, name and rights of each shipped role."""
    return {
        "administrator": (gettext_noop("Administrator"), every_right()),
        "team_lead": (gettext_noop("Team lead"), frozenset(map(str, TEAM_LEAD))),
        "operator": (gettext_noop("Operator"), frozenset(map(str, OPERATOR))),
        "reader": (gettext_noop("Reader"), frozenset(map(str, READER))),
    }
