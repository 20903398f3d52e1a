"""The table of contents of the settings: their sections, in groups, each with its right."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ambidesk.across.automation.rights import RuleRight
from ambidesk.ground.kernel.routes import all_routes
from ambidesk.ground.reach.actor import Actor
from ambidesk.ground.reach.rights import ReachRight
from ambidesk.parties.brands.rights import BrandRight
from ambidesk.parties.companies.rights import CompaniesRight
from ambidesk.parties.consents.rights import ConsentRight
from ambidesk.parties.people.rights import PeopleRight
from ambidesk.parties.staff.rights import StaffRight
from ambidesk.relation.feedback.rights import FeedbackRight
from ambidesk.service.assets.rights import AssetRight
from ambidesk.service.catalogue.rights import CatalogueRight
from ambidesk.service.contractors.rights import ContractorRight
from ambidesk.service.contracts.rights import ContractRight
from ambidesk.service.sla.rights import SlaRight
from ambidesk.service.workflow.rights import WorkflowRight
from ambidesk.support.approvals.rights import ApprovalRight
from ambidesk.support.conversations.rights import ChannelRight
from ambidesk.support.knowledge.rights import KnowledgeRight
from ambidesk.support.routing.rights import RoutingRight
from ambidesk.support.scripts.rights import ScriptRight
from ambidesk.support.tickets.rights import TicketRight
from ambidesk.support.webhooks.rights import WebhookRight

Words = str | Promise


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One entry of the settings' table of contents, under the heading of its group."""

    group: Words
    key: str
    title: Words
    icon: str
    right: str


CONTACT, PEOPLE, QUEUE = _("Contact"), _("People"), _("Queue")
TICKETS, ANSWERS, WATCH = _("Tickets"), _("Answers"), _("Watch")
CONNECT, PRIVACY, THINGS = _("Connections"), _("Privacy"), _("Equipment")
SECTIONS = (
    Section(group=CONTACT, key="brands", title=_("Brands"), icon="store", right=BrandRight.MANAGE),
    Section(
        group=CONTACT, key="channels", title=_("Channels"), icon="inbox", right=ChannelRight.MANAGE
    ),
    Section(
        group=CONTACT,
        key="widgets",
        title=_("Chat widgets"),
        icon="message-circle",
        right=ChannelRight.MANAGE,
    ),
    Section(
        group=CONTACT,
        key="webforms",
        title=_("Web forms"),
        icon="clipboard-list",
        right=ChannelRight.MANAGE,
    ),
    Section(
        group=CONTACT,
        key="incoming",
        title=_("Incoming webhooks"),
        icon="siren",
        right=ChannelRight.MANAGE,
    ),
    Section(
        group=CONTACT,
        key="messengers",
        title=_("Messengers"),
        icon="message-circle-more",
        right=ChannelRight.MANAGE,
    ),
    Section(
        group=PEOPLE, key="teams", title=_("Teams"), icon="users", right=StaffRight.MANAGE_TEAMS
    ),
    Section(group=PEOPLE, key="staff", title=_("Staff"), icon="contact", right=ReachRight.MANAGE),
    Section(
        group=PEOPLE,
        key="absences",
        title=_("Absences"),
        icon="calendar-off",
        right=TicketRight.SEE,
    ),
    Section(
        group=PEOPLE,
        key="successions",
        title=_("Hand on work"),
        icon="arrow-right-left",
        right=TicketRight.WORK,
    ),
    Section(
        group=PEOPLE,
        key="clients",
        title=_("Clients from files"),
        icon="building-2",
        right=CompaniesRight.MANAGE,
    ),
    Section(
        group=PEOPLE,
        key="cards",
        title=_("Cards of clients"),
        icon="text-cursor-input",
        right=CompaniesRight.MANAGE,
    ),
    Section(
        group=PEOPLE,
        key="providers",
        title=_("Company sign-in"),
        icon="log-in",
        right=ReachRight.MANAGE,
    ),
    Section(group=PEOPLE, key="roles", title=_("Roles"), icon="shield", right=ReachRight.MANAGE),
    Section(
        group=PEOPLE,
        key="approvals",
        title=_("Approvals"),
        icon="file-check",
        right=ApprovalRight.SET,
    ),
    Section(
        group=PRIVACY,
        key="consents",
        title=_("Consents"),
        icon="file-check",
        right=ConsentRight.MANAGE,
    ),
    Section(
        group=PRIVACY,
        key="retention",
        title=_("Retention"),
        icon="hourglass",
        right=PeopleRight.ERASE,
    ),
    Section(
        group=QUEUE, key="queues", title=_("Queues"), icon="list-ordered", right=RoutingRight.MANAGE
    ),
    Section(
        group=QUEUE,
        key="skills",
        title=_("Skills"),
        icon="graduation-cap",
        right=RoutingRight.MANAGE,
    ),
    Section(
        group=QUEUE,
        key="mastery",
        title=_("Who can what"),
        icon="table",
        right=RoutingRight.MANAGE,
    ),
    Section(
        group=QUEUE,
        key="choosing",
        title=_("Who gets work of clients"),
        icon="waypoints",
        right=RoutingRight.MANAGE,
    ),
    Section(
        group=QUEUE,
        key="calendars",
        title=_("Calendars"),
        icon="calendar-days",
        right=SlaRight.MANAGE,
    ),
    Section(
        group=QUEUE, key="policies", title=_("Promises"), icon="alarm-clock", right=SlaRight.MANAGE
    ),
    Section(
        group=QUEUE,
        key="contracts",
        title=_("Contracts"),
        icon="file-check",
        right=ContractRight.MANAGE,
    ),
    Section(
        group=QUEUE,
        key="contracts-debts",
        title=_("Debts from the books"),
        icon="file-up",
        right=ContractRight.DEBTS,
    ),
    Section(
        group=QUEUE,
        key="contracts-stopped",
        title=_("Stops"),
        icon="triangle-alert",
        right=ContractRight.LIFT,
    ),
    Section(
        group=QUEUE,
        key="contracts-penalised",
        title=_("Penalties"),
        icon="scale",
        right=ContractRight.EXCUSE,
    ),
    Section(
        group=QUEUE,
        key="contractors",
        title=_("Contractors"),
        icon="wrench",
        right=ContractorRight.MANAGE,
    ),
    Section(
        group=QUEUE, key="weights", title=_("Weights"), icon="scale", right=RoutingRight.MANAGE
    ),
    Section(
        group=TICKETS,
        key="types",
        title=_("Request types"),
        icon="shapes",
        right=CatalogueRight.MANAGE,
    ),
    Section(
        group=TICKETS,
        key="fields",
        title=_("Fields"),
        icon="text-cursor-input",
        right=CatalogueRight.MANAGE,
    ),
    Section(
        group=TICKETS,
        key="categories",
        title=_("Categories"),
        icon="folder-tree",
        right=CatalogueRight.MANAGE,
    ),
    Section(group=TICKETS, key="tags", title=_("Tags"), icon="tag", right=CatalogueRight.MANAGE),
    Section(
        group=TICKETS,
        key="processes",
        title=_("Processes"),
        icon="git-fork",
        right=WorkflowRight.DRAW,
    ),
    Section(group=TICKETS, key="hints", title=_("Hints"), icon="lightbulb", right=RuleRight.MANAGE),
    Section(group=TICKETS, key="rules", title=_("Rules"), icon="workflow", right=RuleRight.MANAGE),
    Section(
        group=THINGS,
        key="assetclasses",
        title=_("Classes of equipment"),
        icon="shapes",
        right=AssetRight.DECIDE,
    ),
    Section(
        group=THINGS,
        key="assetmodels",
        title=_("Models of equipment"),
        icon="refrigerator",
        right=AssetRight.DECIDE,
    ),
    Section(
        group=THINGS,
        key="failurecodes",
        title=_("Failure codes"),
        icon="wrench",
        right=AssetRight.DECIDE,
    ),
    Section(
        group=ANSWERS,
        key="templates",
        title=_("Templates"),
        icon="text-quote",
        right=CatalogueRight.MANAGE,
    ),
    Section(
        group=ANSWERS, key="macros", title=_("Macros"), icon="zap", right=CatalogueRight.MANAGE
    ),
    Section(
        group=ANSWERS, key="scripts", title=_("Scripts"), icon="route", right=ScriptRight.WRITE
    ),
    Section(
        group=ANSWERS,
        key="topics",
        title=_("Topics of the help centre"),
        icon="book-open",
        right=KnowledgeRight.PUBLISH,
    ),
    Section(
        group=ANSWERS,
        key="synonyms",
        title=_("Synonyms"),
        icon="equal",
        right=KnowledgeRight.PUBLISH,
    ),
    Section(
        group=CONNECT, key="keys", title=_("API keys"), icon="key-round", right=ReachRight.MANAGE
    ),
    Section(
        group=CONNECT,
        key="webhooks",
        title=_("Webhooks"),
        icon="webhook",
        right=WebhookRight.MANAGE,
    ),
    Section(
        group=WATCH, key="surveys", title=_("Surveys"), icon="smile", right=FeedbackRight.MANAGE
    ),
    Section(
        group=WATCH,
        key="problems",
        title=_("Problems"),
        icon="triangle-alert",
        right=ChannelRight.SEE_PROBLEMS,
    ),
    Section(
        group=WATCH, key="audit", title=_("Audit trail"), icon="history", right=ReachRight.AUDIT
    ),
)


def sections(actor: Actor) -> tuple[Section, ...]:
    """The sections that the actor may open."""
    built = {route.name for route in all_routes()}
    return tuple(
        section
        for section in SECTIONS
        if f"settings-{section.key}" in built and actor.may(section.right)
    )
