"""Addresses of the settings."""

from ambidesk.edge.web.settings import (
    absences,
    access,
    channels,
    choosing,
    clients,
    keys,
    mastery,
    newcomers,
    presenting,
    retention,
    successions,
    survey_results,
    weights,
    widgets,
)
from ambidesk.edge.web.settings import webhooks as hooks
from ambidesk.edge.web.settings.approvals import APPROVALS
from ambidesk.edge.web.settings.asking import types
from ambidesk.edge.web.settings.asking.fields import FIELDS
from ambidesk.edge.web.settings.asking.types import TYPES
from ambidesk.edge.web.settings.audit.routes import AUDIT_ROUTES
from ambidesk.edge.web.settings.brands import BRANDS
from ambidesk.edge.web.settings.calendars import CALENDARS
from ambidesk.edge.web.settings.cards import CARDS
from ambidesk.edge.web.settings.catalogue import CATEGORIES, TAGS
from ambidesk.edge.web.settings.channels import CHANNELS
from ambidesk.edge.web.settings.consents import CONSENTS
from ambidesk.edge.web.settings.contractors import CONTRACTORS
from ambidesk.edge.web.settings.contracts.routes import CONTRACT_ROUTES
from ambidesk.edge.web.settings.equipment import CLASSES, CODES, MODELS
from ambidesk.edge.web.settings.hints import HINTS
from ambidesk.edge.web.settings.home import show
from ambidesk.edge.web.settings.incoming import INCOMING
from ambidesk.edge.web.settings.keys import KEYS
from ambidesk.edge.web.settings.macros import MACROS
from ambidesk.edge.web.settings.messengers import lists as messengers
from ambidesk.edge.web.settings.messengers import one as messenger
from ambidesk.edge.web.settings.nouns import routes_of
from ambidesk.edge.web.settings.phrases import TEMPLATES, preview
from ambidesk.edge.web.settings.policies import POLICIES
from ambidesk.edge.web.settings.problems import steps
from ambidesk.edge.web.settings.problems.show import count
from ambidesk.edge.web.settings.problems.show import show as show_problems
from ambidesk.edge.web.settings.processes import checking as plans
from ambidesk.edge.web.settings.processes import versions
from ambidesk.edge.web.settings.processes.noun import PROCESSES
from ambidesk.edge.web.settings.providers import PROVIDERS
from ambidesk.edge.web.settings.queues import QUEUES
from ambidesk.edge.web.settings.roles import ROLES
from ambidesk.edge.web.settings.ruling.routes import RULE_ROUTES
from ambidesk.edge.web.settings.scripting import checking, going, rehearsing
from ambidesk.edge.web.settings.scripting.noun import SCRIPTS
from ambidesk.edge.web.settings.skills import SKILLS
from ambidesk.edge.web.settings.staff import STAFF
from ambidesk.edge.web.settings.surveys import SURVEYS
from ambidesk.edge.web.settings.synonyms import SYNONYMS
from ambidesk.edge.web.settings.teams import TEAMS
from ambidesk.edge.web.settings.topics import TOPICS
from ambidesk.edge.web.settings.webforms import WEBFORMS
from ambidesk.edge.web.settings.widgets import WIDGETS
from ambidesk.ground.kernel.routes import Door, resource
from ambidesk.ground.reach.rights import ReachRight
from ambidesk.parties.companies.rights import CompaniesRight
from ambidesk.parties.people.rights import PeopleRight
from ambidesk.relation.feedback.rights import FeedbackRight
from ambidesk.service.catalogue.rights import CatalogueRight
from ambidesk.service.workflow.rights import WorkflowRight
from ambidesk.support.conversations.rights import ChannelRight
from ambidesk.support.routing.rights import RoutingRight
from ambidesk.support.scripts.rights import ScriptRight
from ambidesk.support.tickets.rights import TicketRight
from ambidesk.support.webhooks.rights import WebhookRight

PROBLEMS = ChannelRight.SEE_PROBLEMS
MANAGE = ChannelRight.MANAGE
WRITE = ScriptRight.WRITE
DRAW = WorkflowRight.DRAW
HOOKS = WebhookRight.MANAGE
SEE = TicketRight.SEE

routes = [
    resource("", right=Door.SIGNED_IN, name="settings", GET=show),
    *routes_of(BRANDS),
    *routes_of(CHANNELS),
    resource(
        "channels/<int:pk>/test",
        right=ChannelRight.MANAGE,
        name="settings-channels-test",
        POST=channels.test,
    ),
    *routes_of(WEBFORMS),
    *routes_of(HINTS),
    *routes_of(INCOMING),
    *routes_of(WIDGETS),
    resource(
        "widgets/<int:pk>/secret",
        right=ChannelRight.MANAGE,
        name="settings-widgets-secret",
        POST=widgets.secret,
    ),
    resource(
        "mastery",
        right=RoutingRight.MANAGE,
        name="settings-mastery",
        GET=mastery.show,
        POST=mastery.save,
    ),
    resource(
        "mastery/newcomers/new",
        right=RoutingRight.MANAGE,
        name="settings-newcomers-new",
        GET=newcomers.ask,
        POST=newcomers.enter,
    ),
    resource(
        "mastery/newcomers/<int:pk>",
        right=RoutingRight.MANAGE,
        name="settings-newcomers-one",
        GET=newcomers.ask,
        POST=newcomers.enter,
    ),
    resource(
        "mastery/newcomers/<int:pk>/end",
        right=RoutingRight.MANAGE,
        name="settings-newcomers-end",
        POST=newcomers.end,
    ),
    resource("messengers/", right=MANAGE, name="settings-messengers", GET=messengers.show),
    resource(
        "messengers/new", right=MANAGE, name="settings-messengers-kinds", GET=messengers.choose
    ),
    resource(
        "messengers/new/<slug:kind>",
        right=MANAGE,
        name="settings-messengers-new",
        GET=messenger.ask,
        POST=messenger.make,
    ),
    resource(
        "messengers/<int:pk>",
        right=MANAGE,
        name="settings-messengers-one",
        GET=messenger.show,
        POST=messenger.change,
    ),
    resource(
        "messengers/<int:pk>/archive",
        right=MANAGE,
        name="settings-messengers-archive",
        POST=messenger.archive,
    ),
    resource(
        "messengers/<int:pk>/test",
        right=MANAGE,
        name="settings-messengers-test",
        POST=messenger.test,
    ),
    *routes_of(TEAMS),
    *routes_of(QUEUES),
    *routes_of(CALENDARS),
    *routes_of(POLICIES),
    *CONTRACT_ROUTES,
    *routes_of(CARDS),
    *routes_of(CLASSES),
    *routes_of(MODELS),
    *routes_of(CODES),
    *routes_of(CONTRACTORS),
    *routes_of(SKILLS),
    resource(
        "weights/",
        right=RoutingRight.MANAGE,
        name="settings-weights",
        GET=weights.ask,
        POST=weights.save,
    ),
    resource(
        "choosing/",
        right=RoutingRight.MANAGE,
        name="settings-choosing",
        GET=choosing.ask,
        POST=choosing.save,
    ),
    *routes_of(STAFF),
    resource(
        "staff/<int:pk>/presentation",
        right=ReachRight.MANAGE,
        name="settings-staff-presentation",
        GET=presenting.ask,
        POST=presenting.save,
    ),
    resource(
        "staff/<int:pk>/link",
        right=ReachRight.MANAGE,
        name="settings-staff-link",
        POST=access.link,
    ),
    resource(
        "staff/<int:pk>/factors",
        right=ReachRight.MANAGE,
        name="settings-staff-factors",
        POST=access.drop_factors,
    ),
    resource("absences/", right=SEE, name="settings-absences", GET=absences.show),
    resource(
        "absences/new",
        right=SEE,
        name="settings-absences-new",
        GET=absences.ask,
        POST=absences.enter,
    ),
    resource(
        "absences/<int:pk>",
        right=SEE,
        name="settings-absences-one",
        GET=absences.ask,
        POST=absences.enter,
    ),
    resource("absences/<int:pk>/end", right=SEE, name="settings-absences-end", POST=absences.end),
    resource(
        "successions/",
        right=TicketRight.WORK,
        name="settings-successions",
        GET=successions.show,
        POST=successions.act,
    ),
    resource(
        "successions/<int:pk>/undo",
        right=TicketRight.WORK,
        name="settings-successions-undo",
        POST=successions.undo,
    ),
    *routes_of(ROLES),
    *AUDIT_ROUTES,
    *routes_of(PROVIDERS),
    *routes_of(KEYS),
    resource(
        "keys/<int:pk>/revocation",
        right=ReachRight.MANAGE,
        name="settings-keys-revocation",
        POST=keys.revoke,
    ),
    *routes_of(APPROVALS),
    *routes_of(CONSENTS),
    *routes_of(retention.RETENTION),
    resource(
        "retention/<int:pk>/switch",
        right=PeopleRight.ERASE,
        name="settings-retention-switch",
        POST=retention.switch,
    ),
    *routes_of(CATEGORIES),
    *routes_of(TAGS),
    *routes_of(FIELDS),
    resource(
        "types/preview",
        right=CatalogueRight.MANAGE,
        name="settings-types-preview",
        POST=types.preview,
    ),
    *routes_of(SYNONYMS),
    *routes_of(TOPICS),
    *routes_of(TYPES),
    *routes_of(TEMPLATES),
    *routes_of(hooks.WEBHOOKS),
    resource(
        "webhooks/<int:pk>/secret", right=HOOKS, name="settings-webhooks-secret", POST=hooks.secret
    ),
    resource("webhooks/<int:pk>/test", right=HOOKS, name="settings-webhooks-test", POST=hooks.test),
    resource(
        "webhooks/<int:pk>/lost", right=HOOKS, name="settings-webhooks-lost", POST=hooks.again_all
    ),
    resource(
        "webhooks/calls/<int:pk>",
        right=HOOKS,
        name="settings-webhooks-call",
        POST=hooks.again,
    ),
    *routes_of(SURVEYS),
    resource(
        "surveys/<int:pk>/results",
        right=FeedbackRight.MANAGE,
        name="settings-surveys-results",
        GET=survey_results.show,
    ),
    *routes_of(MACROS),
    *RULE_ROUTES,
    *routes_of(PROCESSES),
    resource(
        "processes/<int:process>/versions",
        right=DRAW,
        name="settings-processes-versions",
        GET=versions.show_all,
    ),
    resource(
        "processes/<int:process>/versions/<int:version>",
        right=DRAW,
        name="settings-processes-version",
        GET=versions.show,
    ),
    resource("processes/check", right=DRAW, name="settings-processes-check", POST=plans.check),
    *routes_of(SCRIPTS),
    resource("scripts/check", right=WRITE, name="settings-scripts-check", POST=checking.check),
    resource(
        "scripts/rehearsal",
        right=WRITE,
        name="settings-scripts-rehearsal",
        POST=rehearsing.rehearse,
    ),
    resource(
        "scripts/vocabulary",
        right=WRITE,
        name="settings-scripts-vocabulary",
        GET=checking.vocabulary,
    ),
    resource("scripts/<int:pk>/going", right=WRITE, name="settings-scripts-going", GET=going.show),
    resource(
        "templates/preview",
        right=CatalogueRight.MANAGE,
        name="settings-templates-preview",
        POST=preview,
    ),
    resource(
        "clients/",
        right=CompaniesRight.MANAGE,
        name="settings-clients",
        GET=clients.show,
        POST=clients.take,
    ),
    resource(
        "clients/<str:sheet>/<str:ending>",
        right=CompaniesRight.MANAGE,
        name="settings-clients-file",
        GET=clients.give,
    ),
    resource("problems/", right=PROBLEMS, name="settings-problems", GET=show_problems),
    resource("problems/count", right=PROBLEMS, name="settings-problems-count", GET=count),
    resource(
        "problems/<int:pk>/again", right=PROBLEMS, name="settings-problems-again", POST=steps.again
    ),
    resource("problems/<int:pk>/end", right=PROBLEMS, name="settings-problems-end", POST=steps.end),
    resource(
        "problems/<int:pk>/original",
        right=PROBLEMS,
        name="settings-problems-original",
        GET=steps.original,
    ),
    resource(
        "problems/release",
        right=ReachRight.MANAGE,
        name="settings-problems-release",
        POST=steps.release,
    ),
]
