"""One thing of each kind that an address can name, all of them the shop's or Olga's."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.test import Client
from django.urls import reverse

from ambidesk.across.insight.mailing import token_to_end
from ambidesk.ground.fields.defining import Wanted, define
from ambidesk.ground.fields.rules.spec import Kind, Texts
from ambidesk.ground.kernel.routes import Route
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.parties.staff.admitting import give_link
from ambidesk.parties.staff.models import Provider, Team
from ambidesk.relation.feedback.tokens import token_of
from ambidesk.service.catalogue.arranging import name_tag
from ambidesk.service.workflow.shipped import TALK
from ambidesk.support.desk.batches.beginning import begin_macro
from ambidesk.support.desk.macros.writing import MacroText, write_macro
from ambidesk.support.desk.reminding import FollowUp, remind
from ambidesk.support.desk.saving import Saving, save_view
from ambidesk.support.incidents.gathering import join
from ambidesk.support.incidents.models import Incident, IncidentState
from ambidesk.support.incidents.telling import answer_all
from ambidesk.support.knowledge.models import Article
from ambidesk.support.knowledge.teaching import set_lessons
from ambidesk.support.scripts.running import begin_run
from ambidesk.support.scripts.writing import ScriptText, publish, write_script
from ambidesk.support.tickets.answering import Answer, answer
from ambidesk.support.tickets.describing import tag
from ambidesk.support.tickets.escalating import Why, escalate
from ambidesk.support.tickets.linking import link
from ambidesk.support.tickets.models import LinkKind, Ticket
from ambidesk.support.tickets.regrouping import merge
from tests.cast import Cast
from tests.edge.web.made.clients import client_company
from tests.edge.web.made.reports import mailed_report
from tests.edge.web.made.settings import form_of_shop, rows_by_route, rule_of_shop, widget_of_shop
from tests.edge.web.made.tickets import (
    alike_persons,
    asked_invitation,
    call_of,
    failed_delivery,
    first_ticket,
    joined_account,
    published_help,
    worked_log,
)
from tests.service.assets.equipment import make_equipment
from tests.support.approvals.things import answered_about, approver, link_of_parlour
from tests.support.stages.processes import published

PARAMETER = re.compile(r"<\w+:(\w+)>")

# What addresses of the API name is what the settings name.
API_NOUNS = {
    "brand_id": "brands",
    "calendar_id": "calendars",
    "category_id": "categories",
    "channel_id": "channels",
    "field_id": "fields",
    "macro_id": "macros",
    "policy_id": "policies",
    "requesttype_id": "types",
    "rule_id": "rules",
    "skill_id": "skills",
    "survey_id": "surveys",
    "tag_id": "tags",
    "team_id": "teams",
    "template_id": "templates",
    "webhook_id": "webhooks",
}
# Of which row of the settings a name in an address of the API speaks.
NAMED = {
    "absence_id": "settings-absences-one",
    "member_id": "settings-newcomers-one",
    "topic_id": "settings-topics-one",
    "synonyms_id": "settings-synonyms-one",
    "script_id": "settings-scripts-one",
    "problem": "settings-problems-again",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Things:
    """What addresses name: by parameter, and by route where several things share a parameter."""

    ticket: Ticket
    everywhere: dict[str, object]
    by_route: dict[str, object]
    bodies: dict[str, dict[str, object]]

    def address_of(self, route: Route) -> str:
        """An address of the route that names existing things."""
        names = PARAMETER.findall(route.pattern)
        values = {
            name: self.by_route[route.name]
            if route.name in self.by_route
            else self.everywhere[name]
            for name in names
        }
        return reverse(route.name, kwargs=values)


def make_things(cast: Cast, olga: Client) -> Things:
    """Make one of each through the verbs."""
    by, at = cast.actor(cast.admin), cast.at
    ticket, message = first_ticket(cast)
    third = cast.ticket("A third thing")
    other, merged = cast.ticket("Another thing"), cast.ticket("The same thing")
    said = Answer(text="Soon.", to=(cast.anna,), due_at=at + timedelta(days=1))
    answer(ticket, said, by=cast.actor(cast.olga), at=at)
    word = name_tag(None, name="urgent", by=by, at=at)
    tag(ticket, add=[word], by=by, at=at)
    condition = {"all": [{"field": "state", "operator": "is", "value": "open"}]}
    view = save_view(Saving(name="Mine", condition=condition), by=cast.actor(cast.olga), at=at)
    followed = FollowUp(user=cast.olga.user, due_at=at + timedelta(days=1))
    reminder = remind(ticket, followed, by=cast.actor(cast.olga), at=at)
    second = Team.objects.create(name="Repair", line=2)
    third_line = Team.objects.create(name="Heavy repair", line=3)
    for each in (second, third_line):
        each.brands.add(cast.shop)
    escalate(ticket, second, why=Why(reason="It smokes"), by=by, at=at)
    macro = write_macro(
        None, MacroText(name="Urgent", steps=[{"action": "tickets.take"}]), by=by, at=at
    )
    batch = begin_macro(macro, [third.pk, other.pk], by=cast.actor(cast.olga), at=at)
    floor = define(None, wanted=Wanted(kind=Kind.WHOLE, label=Texts(en="Floor")), by=by, at=at)
    flow = {
        "steps": [
            {"id": 1, "kind": "do", "actions": [{"action": "tickets.take"}]},
            {"id": 2, "kind": "end", "text": {"en": "Taken"}},
        ]
    }
    script = write_script(None, ScriptText(name="Taking", flow=flow), by=by, at=at)
    publish(script, by=by, at=at)
    run = begin_run(script, ticket, by=cast.actor(cast.olga), at=at)
    key = Authenticator.objects.create(
        user=cast.olga.user, type=Authenticator.Type.TOTP, data={"secret": "sealed"}
    )
    olga.get("/profile")
    incident = Incident.objects.create(
        brand=cast.shop, state=IncidentState.OPEN, title="Nothing arrives", began_at=at
    )
    join(incident, ticket, by=by, at=at)
    broadcast = answer_all(incident, text="Soon.", by=by, at=datetime.now(UTC))
    Incident.objects.filter(pk=incident.pk).update(state=IncidentState.PROPOSED)
    rule = rule_of_shop(cast)
    equipment = make_equipment(at).asset()
    speaker = approver(cast)
    mailing = mailed_report(cast)
    things = Things(
        ticket=ticket,
        everywhere={
            "view": "mine",
            "report": mailing.report_id,
            "mailing": mailing.pk,
            "kind": "telegram",
            "hook": "0" * 32,
            "incoming": "0" * 43,
            "number": ticket.number,
            "person": ticket.requester_id,
            "key": message.attachments.get().key,
            "message": message.pk,
            "delivery": failed_delivery(cast, ticket).pk,
            "tag": word.pk,
            "name": "User",
            "user": cast.olga.pk,
            "group": f"team-{cast.shop_team.pk}",
            "made": link(ticket, other, kind=LinkKind.RELATED, by=by, at=at).pk,
            "regrouped": merge(merged, ticket, by=by, at=at).pk,
            "field": floor.pk,
            "saved": view.pk,
            "vocabulary": "ticket",
            "macro": macro.pk,
            "script": script.pk,
            "process": published(cast, TALK, "Talk").pk,
            "version": 1,
            "transition": 1,
            "stage": 1,
            "item": 1,
            "run": run.pk,
            "reminder": reminder.pk,
            "batch": batch.pk,
            "identity": cast.boris.pk,
            "joined": joined_account(cast, ticket).pk,
            "session": UserSession.objects.get(user=cast.olga.user).pk,
            "invited": token_of(asked_invitation(cast)),
            "approving": link_of_parlour(cast, speaker),
            "approval": answered_about(cast, ticket, contact=speaker).pk,
            "score": 5,
            "token": give_link(cast.ivan, by=by, at=datetime.now(UTC)),
            "pk": key.pk,
            **alike_persons(cast),
            "widget": widget_of_shop(cast).address,
            "file": message.attachments.get().key,
            "form": form_of_shop(cast).address,
            "asset": equipment.pk,
            "asset_id": equipment.pk,
            "line": 1,
            "call": call_of(ticket, at).pk,
            "event": "events/call",
            "fact": worked_log(cast, ticket).pk,
            "what": "work_log",
            "model": equipment.model_id,
            "label": equipment.token,
            "incident": incident.pk,
            "broadcast": broadcast.pk,
            **published_help(cast),
            **client_company(cast),
            "ownview_id": view.pk,
        },
        bodies={
            "report-mails": {"every": "day", "clock": "09:00", "zone": "UTC"},
            "report-unsubscription": {"List-Unsubscribe": "One-Click"},
            "report-saving": {"name": "Weekly", "asked": "days=7&by=company"},
            "joining": {"email": "new@north.example"},
            "ticket-refusal": {"source": "Their director"},
            "asset-document-audience": {"for_clients": "0"},
            "asset-retirement": {"wanted": "retire"},
            "company-domains": {"name": "more.example"},
            "settings-clients": {"sheet": "sites"},
            "settings-rules-switch": {"on": "1"},
            "settings-rules-order": {"rule": rule.pk},
            "knowledge-articles": {"title": "Parcels", "language": "ru", "brands": cast.shop.pk},
            "knowledge-languages": {"other": "ru"},
            "ticket-articles": {"article": f"{Article.objects.get().pk}:en:link"},
            "asset-readings": {"meter": "Hours", "value": "12,5"},
            "asset-moves": {"site": equipment.site_id, "place": "Hall"},
            "asset-model-decisions": {"ends_sale": "on", "reason": "It breaks"},
            "ticket-asset-choice": {"asset": equipment.pk},
            "incident-acceptance": {"title": "Nothing arrives"},
            "incident-tickets": {"number": ticket.number},
            "load-moves": {
                "member": cast.ivan.pk,
                "source": cast.shop_team.pk,
                "target": cast.shop_team.pk,
            },
            "load-people": {"member": cast.ivan.pk, "status": "busy"},
            "queue-status": {"status": "busy"},
            "ticket-invitations": {"channel": cast.shop_mail.pk},
            "survey": {"score": 4, "pressed": "1"},
            "survey-comment": {"comment": "Quick."},
            "survey-unsubscription": {"List-Unsubscribe": "One-Click"},
            "ticket-forwards": {"original": message.pk, "addresses": "expert@example.net"},
            "ticket-escalation": {"team": third_line.pk, "reason": "It smokes"},
            "ticket-return": {"reason": "Not broken"},
            "ticket-reminders": {"due_at": (datetime.now(UTC) + timedelta(days=1)).isoformat()},
            "batches": {"ticket": third.number, "priority": 3},
            "ticket-merge": {"other": third.number},
            "ticket-links": {"other": third.number},
            "ticket-move": {"other": third.number, "message": message.pk},
            "approval-link": {"answer": "yes"},
            "ticket-approval-answer": {
                "contact": speaker.pk,
                "answer": "yes",
                "noted_from": "phone",
            },
            "ticket-overruling": {"verdict": "covered", "words": "Once"},
            "ticket-times": {"key": uuid4(), "day": at.date(), "minutes": 30},
            "ticket-units": {"key": uuid4(), "day": at.date(), "unit": "visits", "quantity": 1},
            "ticket-expenses": {
                "key": uuid4(),
                "day": at.date(),
                "kind": "travel",
                "cost": 500,
                "currency": "RUB",
            },
            "ticket-parts": {
                "key": uuid4(),
                "day": at.date(),
                "name": "Fan",
                "quantity": 1,
                "currency": "RUB",
            },
            "ticket-work-reversal": {"words": "Wrong ticket"},
            "ticket-priority": {"priority": 3},
            "ticket-state": {"state": "on_hold"},
            "ticket-tags": {"tag": word.name},
        },
        by_route=rows_by_route(cast, word_pk=word.pk),
    )
    things.by_route["report-unsubscription"] = token_to_end(mailing)
    provider = Provider.objects.get()
    for part in ("begin", "answer", "assertion", "metadata"):
        things.by_route[f"company-{part}"] = provider.slug
    named = {name: things.by_route[f"settings-{noun}-one"] for name, noun in API_NOUNS.items()}
    things.everywhere.update(
        named,
        call_id=things.by_route["settings-webhooks-call"],
        **{name: things.by_route[name] for name in ("contract", "stop_id")},
        article_id=Article.objects.get().pk,
    )
    (lesson,) = set_lessons(cast.olga, [Article.objects.get()], by=SYSTEM, at=cast.at)
    things.by_route["profile-lesson"] = lesson.pk
    things.everywhere.update({name: things.by_route[of] for name, of in NAMED.items()})
    return things
