"""Addresses of the workspace, each with the right it needs."""

from ambidesk.edge.web.ui import pushing
from ambidesk.edge.web.workspace.answering import composer, drafts, uploads
from ambidesk.edge.web.workspace.approvals.routes import routes as approvals
from ambidesk.edge.web.workspace.assets.routes import routes as assets
from ambidesk.edge.web.workspace.bulk import batch
from ambidesk.edge.web.workspace.bulk import choices as bulk_choices
from ambidesk.edge.web.workspace.calls import on_ticket, ringing
from ambidesk.edge.web.workspace.choice import show as choice
from ambidesk.edge.web.workspace.companies.routes import routes as companies
from ambidesk.edge.web.workspace.context import beside, find
from ambidesk.edge.web.workspace.coverage import coverage
from ambidesk.edge.web.workspace.files import attachment, facts, frame
from ambidesk.edge.web.workspace.finding import search
from ambidesk.edge.web.workspace.handovers.routes import routes as handovers
from ambidesk.edge.web.workspace.inbox import inbox, views
from ambidesk.edge.web.workspace.incidents import incident as incidents
from ambidesk.edge.web.workspace.knowledge.routes import routes as knowledge
from ambidesk.edge.web.workspace.lines import escalation
from ambidesk.edge.web.workspace.load import board, forecast
from ambidesk.edge.web.workspace.macros import choosing as macros
from ambidesk.edge.web.workspace.notices import colleagues, preferences, worker
from ambidesk.edge.web.workspace.notices import show as notices
from ambidesk.edge.web.workspace.opening import caller, equipment, new
from ambidesk.edge.web.workspace.people.routes import routes as people
from ambidesk.edge.web.workspace.promises import show as promises
from ambidesk.edge.web.workspace.queue import bar
from ambidesk.edge.web.workspace.reminders import reminders
from ambidesk.edge.web.workspace.scripts import running as scripts
from ambidesk.edge.web.workspace.stages import converting, planning, stepping
from ambidesk.edge.web.workspace.ticket import (
    acceptance,
    choices,
    client,
    closure,
    filling,
    invitation,
    kinds,
    neighbours,
    properties,
    regroup,
    show,
)
from ambidesk.edge.web.workspace.works.routes import routes as works
from ambidesk.ground.kernel.routes import Door, resource
from ambidesk.parties.companies.rights import CompaniesRight
from ambidesk.service.contracts.rights import ContractRight
from ambidesk.support.incidents.rights import IncidentRight
from ambidesk.support.routing.rights import RoutingRight
from ambidesk.support.scripts.rights import ScriptRight
from ambidesk.support.tickets.rights import TicketRight

SEE, WORK, ANSWER, REGROUP = (
    TicketRight.SEE,
    TicketRight.WORK,
    TicketRight.ANSWER,
    TicketRight.REGROUP,
)
TAKE, LEAD = RoutingRight.TAKE, RoutingRight.LEAD
DECIDE, TELL = IncidentRight.DECIDE, IncidentRight.TELL
RUN = ScriptRight.RUN
INCIDENT = "incidents/<int:incident>"
TICKET = "tickets/<int:number>"
CONTEXT = CompaniesRight.SEE

routes = [
    resource("", right=Door.SIGNED_IN, name="home", GET=inbox.home),
    resource("inbox/<slug:view>/", right=SEE, name="inbox", GET=inbox.show),
    resource("inbox/<slug:view>/counts", right=SEE, name="inbox-counts", GET=inbox.counts),
    resource("views/", right=SEE, name="views", GET=views.ask, POST=views.create),
    resource("views/preview", right=SEE, name="view-preview", POST=views.preview),
    resource(
        "views/<int:saved>",
        right=SEE,
        name="view",
        GET=views.show,
        POST=views.change,
        DELETE=views.drop,
    ),
    resource("batches/", right=WORK, name="batches", GET=batch.show_all, POST=batch.create),
    resource("batches/choices", right=WORK, name="batch-choices", GET=bulk_choices.show),
    resource("batches/<int:batch>", right=WORK, name="batch", GET=batch.show, DELETE=batch.stop),
    resource("batches/<int:batch>/undoing", right=WORK, name="batch-undoing", POST=batch.undo),
    resource("notices/", right=SEE, name="notices", GET=notices.show, POST=notices.read),
    resource("notices/count", right=SEE, name="notices-count", GET=notices.count),
    resource(
        "notices/preferences",
        right=SEE,
        name="notice-preferences",
        GET=preferences.show,
        POST=preferences.save,
    ),
    resource("push/key", right=SEE, name="push-key", POST=pushing.key),
    resource(
        "push/subscription",
        right=SEE,
        name="push-subscription",
        POST=pushing.subscribe,
        DELETE=pushing.unsubscribe,
    ),
    resource("sw.js", right=Door.PUBLIC, name="service-worker", GET=worker.show),
    resource("reminders/", right=SEE, name="reminders", GET=reminders.show),
    resource(
        "reminders/<int:reminder>/completion",
        right=SEE,
        name="reminder-completion",
        POST=reminders.done,
        DELETE=reminders.undone,
    ),
    resource("callers", right=WORK, name="callers", GET=caller.suggest),
    resource("callers/persons", right=WORK, name="caller-persons", GET=caller.persons),
    resource("callers/equipment", right=WORK, name="caller-equipment", GET=equipment.suggest),
    resource("callers/one", right=WORK, name="caller", GET=caller.show),
    resource("tickets/new/questions", right=WORK, name="ticket-new-questions", GET=new.questions),
    resource("tickets/new", right=WORK, name="ticket-new", GET=new.ask, POST=new.create),
    resource(TICKET, right=SEE, name="ticket", GET=show.show),
    resource(f"{TICKET}/choices", right=WORK, name="ticket-choices", GET=choices.show),
    resource(
        f"{TICKET}/client", right=WORK, name="ticket-client", GET=client.show, POST=client.choose
    ),
    resource(f"{TICKET}/acceptance", right=WORK, name="ticket-acceptance", POST=acceptance.accept),
    resource(f"{TICKET}/refusal", right=WORK, name="ticket-refusal", POST=acceptance.refuse),
    resource(
        f"{TICKET}/invitations",
        right=TicketRight.ANSWER,
        name="ticket-invitations",
        POST=invitation.invite,
    ),
    resource(
        f"{TICKET}/parties/<int:identity>",
        right=WORK,
        name="ticket-party",
        POST=acceptance.accept_party,
    ),
    resource(f"{TICKET}/sight", right=SEE, name="ticket-sight", POST=show.read, DELETE=show.unread),
    resource(
        f"{TICKET}/closure",
        right=WORK,
        name="ticket-closure",
        POST=closure.close,
        DELETE=closure.reopen,
    ),
    resource(f"{TICKET}/solution", right=WORK, name="ticket-solution", POST=closure.solve),
    resource(f"{TICKET}/state", right=WORK, name="ticket-state", POST=closure.wait),
    resource(
        f"{TICKET}/snooze",
        right=WORK,
        name="ticket-snooze",
        POST=closure.snooze,
        DELETE=closure.wake,
    ),
    resource(f"{TICKET}/assignment", right=WORK, name="ticket-assignment", POST=properties.assign),
    resource(f"{TICKET}/priority", right=WORK, name="ticket-priority", POST=properties.prioritise),
    resource(f"{TICKET}/category", right=WORK, name="ticket-category", POST=properties.categorise),
    resource(f"{TICKET}/type", right=WORK, name="ticket-type", GET=kinds.show, POST=kinds.convert),
    resource(f"{TICKET}/subject", right=WORK, name="ticket-subject", POST=properties.rename),
    resource(f"{TICKET}/tags", right=WORK, name="ticket-tags", POST=properties.tag),
    resource(f"{TICKET}/tags/<int:tag>", right=WORK, name="ticket-tag", DELETE=properties.untag),
    resource(
        f"{TICKET}/fields/<int:field>",
        right=WORK,
        name="ticket-field",
        GET=filling.ask,
        POST=filling.save,
    ),
    resource(f"{TICKET}/notes", right=WORK, name="ticket-notes", POST=properties.note),
    resource(
        f"{TICKET}/following",
        right=SEE,
        name="ticket-following",
        POST=colleagues.follow,
        DELETE=colleagues.unfollow,
    ),
    resource(f"{TICKET}/colleagues", right=WORK, name="ticket-colleagues", GET=colleagues.suggest),
    resource(
        f"{TICKET}/reminders",
        right=WORK,
        name="ticket-reminders",
        GET=reminders.ask,
        POST=reminders.create,
    ),
    resource(f"{TICKET}/path", right=SEE, name="ticket-path", GET=escalation.show),
    resource("calls/ringing", right=SEE, name="calls-ringing", GET=ringing.show),
    resource(
        "calls/<int:call>/recording", right=SEE, name="call-recording", GET=on_ticket.recording
    ),
    resource(f"{TICKET}/calls", right=SEE, name="ticket-calls", GET=on_ticket.show),
    resource(f"{TICKET}/dials", right=ANSWER, name="ticket-dials", POST=on_ticket.dial),
    resource(f"{TICKET}/context", right=CONTEXT, name="ticket-context", GET=beside.show),
    resource(f"{TICKET}/coverage", right=SEE, name="ticket-coverage", GET=coverage.show),
    resource(
        f"{TICKET}/overruling",
        right=ContractRight.OVERRULE,
        name="ticket-overruling",
        POST=coverage.overrule,
        DELETE=coverage.let_decide,
    ),
    *approvals,
    *handovers,
    *works,
    resource(f"{TICKET}/choice", right=SEE, name="ticket-choice", GET=choice.show),
    resource(f"{TICKET}/promises", right=SEE, name="ticket-promises", GET=promises.show),
    resource(
        f"{TICKET}/escalation",
        right=WORK,
        name="ticket-escalation",
        GET=escalation.ask,
        POST=escalation.escalate,
    ),
    resource(
        f"{TICKET}/return",
        right=WORK,
        name="ticket-return",
        GET=escalation.ask_back,
        POST=escalation.hand_back,
    ),
    resource(f"{TICKET}/macros", right=WORK, name="ticket-macros", GET=macros.show),
    resource(f"{TICKET}/macros/<int:macro>", right=WORK, name="ticket-macro", POST=macros.apply),
    resource(
        f"{TICKET}/macros/<int:macro>/preview",
        right=WORK,
        name="ticket-macro-preview",
        POST=macros.try_out,
    ),
    resource(f"{TICKET}/scripts", right=RUN, name="ticket-scripts", GET=scripts.show),
    resource(f"{TICKET}/scripts/<int:script>", right=RUN, name="ticket-script", POST=scripts.begin),
    resource(
        f"{TICKET}/runs/<int:run>",
        right=RUN,
        name="ticket-run",
        POST=scripts.resume,
        DELETE=scripts.stop,
    ),
    resource(
        f"{TICKET}/runs/<int:run>/steps",
        right=RUN,
        name="ticket-run-steps",
        POST=scripts.pass_step,
        DELETE=scripts.back,
    ),
    resource(
        f"{TICKET}/runs/<int:run>/preview",
        right=RUN,
        name="ticket-run-preview",
        POST=scripts.preview,
    ),
    resource(f"{TICKET}/processes", right=WORK, name="ticket-processes", GET=stepping.show),
    resource(
        f"{TICKET}/processes/<int:process>",
        right=WORK,
        name="ticket-process",
        POST=stepping.begin,
    ),
    resource(
        f"{TICKET}/conversions/<int:process>",
        right=WORK,
        name="ticket-conversion",
        GET=converting.show,
        POST=converting.convert,
    ),
    resource(
        f"{TICKET}/milestones",
        right=WORK,
        name="ticket-milestones",
        GET=planning.show,
        POST=planning.save,
    ),
    resource(
        f"{TICKET}/stages/<int:transition>", right=WORK, name="ticket-stage", POST=stepping.go
    ),
    resource(
        f"{TICKET}/checklist/<int:stage>/<int:item>",
        right=WORK,
        name="ticket-line",
        POST=stepping.tick,
    ),
    resource(f"{TICKET}/merge", right=REGROUP, name="ticket-merge", POST=regroup.merge),
    resource(f"{TICKET}/split", right=REGROUP, name="ticket-split", POST=regroup.split),
    resource(f"{TICKET}/move", right=REGROUP, name="ticket-move", POST=regroup.move),
    resource(
        f"{TICKET}/regroupings/<int:regrouped>",
        right=REGROUP,
        name="ticket-regrouping",
        DELETE=regroup.undo,
    ),
    resource(f"{TICKET}/neighbours", right=REGROUP, name="ticket-neighbours", GET=neighbours.show),
    resource(
        f"{TICKET}/accounts/<int:joined>",
        right=REGROUP,
        name="ticket-account",
        DELETE=invitation.part,
    ),
    resource(f"{TICKET}/links", right=REGROUP, name="ticket-links", POST=regroup.link),
    resource(
        f"{TICKET}/links/<int:made>", right=REGROUP, name="ticket-link", DELETE=regroup.unlink
    ),
    resource(f"{TICKET}/forwards", right=ANSWER, name="ticket-forwards", POST=composer.forward),
    resource(f"{TICKET}/answers", right=ANSWER, name="ticket-answers", POST=composer.answer),
    resource(
        f"{TICKET}/answers/<int:message>",
        right=ANSWER,
        name="ticket-answer",
        DELETE=composer.withdraw,
    ),
    resource(
        f"{TICKET}/deliveries/<int:delivery>",
        right=ANSWER,
        name="ticket-delivery",
        POST=composer.again,
    ),
    resource(
        f"{TICKET}/draft", right=SEE, name="ticket-draft", PUT=drafts.save, DELETE=drafts.drop
    ),
    resource(f"{TICKET}/presence", right=SEE, name="ticket-presence", POST=drafts.present),
    resource(f"{TICKET}/uploads", right=ANSWER, name="ticket-uploads", POST=uploads.keep),
    resource(
        f"{TICKET}/uploads/<str:key>", right=ANSWER, name="ticket-upload", DELETE=uploads.remove
    ),
    resource(f"{TICKET}/templates", right=ANSWER, name="ticket-templates", GET=composer.templates),
    resource("messages/<int:message>/facts", right=SEE, name="message-facts", GET=facts.show),
    resource("messages/<int:message>/frame", right=SEE, name="message-frame", GET=frame.show),
    resource("messages/<int:message>/source", right=SEE, name="message-source", GET=frame.source),
    resource("files/<str:key>", right=SEE, name="file", GET=attachment.show),
    resource("queue/bar", right=TAKE, name="queue-bar", GET=bar.show),
    resource("queue/next", right=TAKE, name="queue-next", POST=bar.take),
    resource("queue/status", right=TAKE, name="queue-status", POST=bar.set_status),
    resource("load/", right=LEAD, name="load", GET=board.show),
    resource("load/moves", right=LEAD, name="load-moves", POST=board.move),
    resource("load/people", right=LEAD, name="load-people", POST=board.change),
    resource("load/forecast", right=LEAD, name="forecast", GET=forecast.show),
    resource("incidents/", right=DECIDE, name="incidents", GET=incidents.show_all),
    resource("incidents/count", right=DECIDE, name="incidents-count", GET=incidents.count),
    resource(INCIDENT, right=DECIDE, name="incident", GET=incidents.show),
    resource(
        f"{INCIDENT}/acceptance", right=DECIDE, name="incident-acceptance", POST=incidents.accept
    ),
    resource(
        f"{INCIDENT}/dismissal", right=DECIDE, name="incident-dismissal", POST=incidents.dismiss
    ),
    resource(f"{INCIDENT}/tickets", right=DECIDE, name="incident-tickets", POST=incidents.join),
    resource(
        f"{INCIDENT}/tickets/<int:number>",
        right=DECIDE,
        name="incident-ticket",
        DELETE=incidents.leave,
    ),
    resource(f"{INCIDENT}/banner", right=TELL, name="incident-banner", POST=incidents.announce),
    resource(f"{INCIDENT}/answers", right=TELL, name="incident-answers", POST=incidents.answer),
    resource(
        f"{INCIDENT}/answers/<int:broadcast>",
        right=TELL,
        name="incident-broadcast",
        DELETE=incidents.take_back,
    ),
    resource(
        f"{INCIDENT}/closure",
        right=TELL,
        name="incident-closure",
        POST=incidents.close,
        DELETE=incidents.reopen,
    ),
    resource("find", right=CONTEXT, name="find", GET=find.show),
    resource("search", right=SEE, name="search", GET=search.show),
    *assets,
    *companies,
    *knowledge,
    *people,
]
