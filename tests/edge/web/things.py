"""One thing of each kind that an address can name, all of them the shop's or Olga's."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core import signing
from django.test import Client
from django.urls import reverse

from ambidesk.across.automation.models import Rule
from ambidesk.across.automation.saying import kept_said
from ambidesk.across.automation.trials.beginning import Asked, begin_trial
from ambidesk.across.automation.writing import RuleText, write_rule
from ambidesk.across.context.arranging import HintText, write_hint
from ambidesk.across.insight.saving import save_report
from ambidesk.across.privacy.models import Kept
from ambidesk.across.privacy.retaining import set_retention
from ambidesk.ground.calendars.reading import read
from ambidesk.ground.fields.defining import Wanted, define
from ambidesk.ground.fields.models import Definition
from ambidesk.ground.fields.rules.spec import Kind, Texts
from ambidesk.ground.files.storing import store
from ambidesk.ground.kernel.models import Problem
from ambidesk.ground.kernel.routes import Route
from ambidesk.ground.reach.actor import SYSTEM, Actor
from ambidesk.ground.reach.keying import KeyText, issue_key
from ambidesk.ground.reach.models import Role
from ambidesk.parties.authority.domains import trust_domain
from ambidesk.parties.authority.granting import Terms, grant_authority
from ambidesk.parties.authority.joining import PURPOSE
from ambidesk.parties.authority.rules.scope import ScopeKind
from ambidesk.parties.companies.appointing import appoint
from ambidesk.parties.companies.describing import arrange_card
from ambidesk.parties.companies.incorporating import Requisites, enter_entity
from ambidesk.parties.companies.models import CardOf
from ambidesk.parties.companies.placing import add as add_territory
from ambidesk.parties.companies.registering import Place, Profile, open_site, register
from ambidesk.parties.companies.structuring import found_department
from ambidesk.parties.consents.models import Purpose
from ambidesk.parties.consents.publishing import publish_document
from ambidesk.parties.people.joining import join as join_persons
from ambidesk.parties.people.meeting import Caller, meet
from ambidesk.parties.people.models import IdentityKind, Resemblance
from ambidesk.parties.staff.absenting import Leave, enter_absence
from ambidesk.parties.staff.admitting import give_link
from ambidesk.parties.staff.arranging import ProviderText, arrange_provider
from ambidesk.parties.staff.mastering import name_skill
from ambidesk.parties.staff.models import AbsenceKind, Provider, ProviderKind, Team
from ambidesk.parties.staff.presenting import present
from ambidesk.parties.stewards.entrusting import entrust
from ambidesk.parties.stewards.models import Duty
from ambidesk.relation.feedback.models import Invitation, Survey, Way
from ambidesk.relation.feedback.offering import offer
from ambidesk.relation.feedback.rating import rate
from ambidesk.relation.feedback.surveying import Asking, set_up_survey
from ambidesk.relation.feedback.tokens import token_of
from ambidesk.service.assets import arranging
from ambidesk.service.assets.documenting import keep_document
from ambidesk.service.assets.models import Asset, CodeKind
from ambidesk.service.catalogue.arranging import arrange_category, name_request_type, name_tag
from ambidesk.service.contracts.rules.deciding import Blocked
from ambidesk.service.contracts.stopping import stop
from ambidesk.service.sla.arranging import Promising, arrange_calendar
from ambidesk.service.sla.rules.facts import Goal, Target
from ambidesk.service.workflow.models import Process
from ambidesk.service.workflow.shipped import TALK
from ambidesk.support.approvals.models import Terms as ApprovalTerms
from ambidesk.support.channels.access import Settings, stored
from ambidesk.support.channels.contract.manifest import WayIn
from ambidesk.support.channels.incoming.connecting import Source, connect_source
from ambidesk.support.channels.incoming.mapping import Rules
from ambidesk.support.channels.linking import models as linking
from ambidesk.support.channels.telegram.manifest import MANIFEST
from ambidesk.support.channels.webform.connecting import WebForm, connect_form
from ambidesk.support.channels.webform.manner import FormManner
from ambidesk.support.channels.widget.connecting import Widget, connect_widget
from ambidesk.support.channels.widget.manner import Manner
from ambidesk.support.conversations.models import (
    Channel,
    ChannelKind,
    Delivery,
    IntakeItem,
    IntakeState,
    Message,
    Trouble,
)
from ambidesk.support.conversations.receiving import InboundFile
from ambidesk.support.conversations.taking import Arrival, take_many
from ambidesk.support.desk.batches.beginning import begin_macro
from ambidesk.support.desk.macros.writing import MacroText, write_macro
from ambidesk.support.desk.models import Macro
from ambidesk.support.desk.phrasing import write_template
from ambidesk.support.desk.reminding import FollowUp, remind
from ambidesk.support.desk.saving import Saving, save_view
from ambidesk.support.incidents.gathering import join
from ambidesk.support.incidents.models import Incident, IncidentState
from ambidesk.support.incidents.telling import answer_all
from ambidesk.support.knowledge.equating import equate
from ambidesk.support.knowledge.models import Article
from ambidesk.support.knowledge.models import Category as Topic
from ambidesk.support.knowledge.writing import Text, keep_file, save_draft
from ambidesk.support.promises.arranging import arrange_ticket_policy
from ambidesk.support.routing.arranging import Arrangement, arrange_queue
from ambidesk.support.routing.models import Mode
from ambidesk.support.scripts.models import Script
from ambidesk.support.scripts.running import begin_run
from ambidesk.support.scripts.writing import ScriptText, publish, write_script
from ambidesk.support.succession.models import Succession
from ambidesk.support.telephony.models import Call, CallState
from ambidesk.support.tickets.answering import Answer, answer
from ambidesk.support.tickets.delivering import Setback, refuse
from ambidesk.support.tickets.describing import tag
from ambidesk.support.tickets.escalating import Why, escalate
from ambidesk.support.tickets.linking import link
from ambidesk.support.tickets.models import LinkKind, Ticket
from ambidesk.support.tickets.regrouping import merge
from ambidesk.support.webhooks import arranging as hooking
from ambidesk.support.webhooks.models import WebhookCall
from ambidesk.support.webhooks.telling import try_out
from ambidesk.support.works.models import WorkLog
from ambidesk.support.works.putting import Of
from ambidesk.support.works.telling import log_work
from tests.cast import Cast
from tests.edge.web.ui.account.company.keys import key_pair
from tests.service.assets.equipment import make_equipment
from tests.service.contracts import agreements
from tests.support.approvals.things import answered_about, approver, link_of_parlour
from tests.support.knowledge.articles import category as topic
from tests.support.knowledge.articles import out, written
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


HINT = HintText(
    name="Owes",
    condition={"field": "debt_days", "operator": "more", "value": 10},
    words="Owes {{debt}}",
)
PIXEL = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00"


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


# Of which row of the settings a name in an address of the API speaks.
NAMED = {
    "topic_id": "settings-topics-one",
    "synonyms_id": "settings-synonyms-one",
    "script_id": "settings-scripts-one",
    "problem": "settings-problems-again",
}


def make_things(cast: Cast, olga: Client) -> Things:
    """Make one of each through the verbs."""
    by, at = cast.actor(cast.admin), cast.at
    ticket, message = _ticket(cast)
    third = cast.ticket("A third thing")
    other, merged = cast.ticket("Another thing"), cast.ticket("The same thing")
    said = Answer(text="Soon.", to=(cast.anna,), due_at=at + timedelta(days=1))
    spoken = answer(ticket, said, by=cast.actor(cast.olga), at=at)
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
    rule = _rule(cast)
    equipment = make_equipment(at).asset()
    speaker = approver(cast)
    things = Things(
        ticket=ticket,
        everywhere={
            "view": "mine",
            "report": save_report("Mine", "days=7", by=cast.actor(cast.admin), at=at).pk,
            "kind": "telegram",
            "hook": "0" * 32,
            "incoming": "0" * 43,
            "number": ticket.number,
            "person": ticket.requester_id,
            "key": message.attachments.get().key,
            "message": message.pk,
            "delivery": _failed(cast, ticket).pk,
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
            "transition": 1,
            "stage": 1,
            "item": 1,
            "run": run.pk,
            "reminder": reminder.pk,
            "batch": batch.pk,
            "identity": cast.boris.pk,
            "joined": _joined(cast, ticket).pk,
            "session": UserSession.objects.get(user=cast.olga.user).pk,
            "invited": token_of(_asked(cast)),
            "approving": link_of_parlour(cast, speaker),
            "approval": answered_about(cast, ticket, contact=speaker).pk,
            "score": 5,
            "token": give_link(cast.ivan, by=by, at=datetime.now(UTC)),
            "pk": key.pk,
            **_alike(cast),
            "widget": widget_of_shop(cast).address,
            "file": message.attachments.get().key,
            "form": form_of_shop(cast).address,
            "asset": equipment.pk,
            "asset_id": equipment.pk,
            "line": 1,
            "call": call_of(ticket, at).pk,
            "event": "events/call",
            "fact": _worked(cast, ticket).pk,
            "what": "work_log",
            "model": equipment.model_id,
            "label": equipment.token,
            "incident": incident.pk,
            "broadcast": broadcast.pk,
            **_help(cast),
            **clients(cast),
            "ownview_id": view.pk,
        },
        bodies={
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
        by_route=_by_route(cast, spoken, word_pk=word.pk),
    )
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
    things.everywhere.update({name: things.by_route[of] for name, of in NAMED.items()})
    return things


def _alike(cast: Cast) -> dict[str, object]:
    """Two persons who may be the same, and two who were joined."""
    met = [
        meet(
            Caller(kind=IdentityKind.EMAIL, value=f"{n}@example.org", name=n), by=SYSTEM, at=cast.at
        )
        for n in ("gleb", "hleb", "gleb2", "hleb2")
    ]
    one, other, first, second = [cast.ticket(sender=each).requester for each in met]
    pair = Resemblance.objects.create(one=one, other=other, score=12, found_at=cast.at)
    return {"pair": pair.pk, "join": join_persons(first, second, by=SYSTEM, at=cast.at).pk}


def _help(cast: Cast) -> dict[str, object]:
    """An article with a picture, in a category."""
    by, at = cast.actor(cast.admin), cast.at
    row = written(cast, "Returns", language="ru")
    kept = keep_file(row.article, b"words", name="terms.txt", by=by, at=at)
    text = Text(title="Returns", body=f"[Terms](file:{kept.key})")
    row = out(cast, save_draft(row, text, base=1, by=by, at=at))
    place = topic("Delivery")
    row.article.category = place
    row.article.save()
    return {
        "brand": cast.shop.slug,
        "language": "ru",
        "slug": row.slug,
        "category": place.slug,
        "mark": "x",
        "article": row.article_id,
        "translation": row.pk,
        "topic": place.pk,
        "picture": kept.key,
    }


def source_of_shop(cast: Cast) -> Channel:
    """The monitoring of the shop."""
    rules = Rules(each="alerts", subject="labels.alertname", key="fingerprint")
    wanted = Source(brand=cast.shop, team=cast.shop_team, name="Monitoring", rules=rules)
    return connect_source(None, wanted, by=cast.actor(cast.admin), at=cast.at)


def form_of_shop(cast: Cast) -> Channel:
    """A web form of the shop."""
    manner = FormManner(title={"en": "A request"}, origins=("https://polka.example",))
    wanted = WebForm(
        brand=cast.shop,
        team=cast.shop_team,
        request_type=None,
        name="A request",
        address="request",
        manner=manner,
    )
    return connect_form(None, wanted, by=cast.actor(cast.admin), at=cast.at)


def _joined(cast: Cast, ticket: Ticket) -> linking.Link:
    """An account that joined the requester by a link."""
    at = cast.at
    caller = Caller(kind=IdentityKind.MESSENGER, value="telegram:5", name="Anna")
    account = meet(caller, by=cast.actor(cast.admin), at=at)
    before, account.person = account.person, ticket.requester
    account.save()
    return linking.Link.objects.create(
        ticket=ticket,
        channel=cast.shop_mail,
        identity=cast.anna,
        nonce="n",
        token_hash="t",
        code_hash="c",
        made_at=at,
        expires_at=at,
        used_at=at,
        used_by=account,
        before=before,
    )


def _asked(cast: Cast) -> Invitation:
    """Somebody who was asked about a ticket, and has answered."""
    by, at = cast.actor(cast.admin), datetime.now(UTC)
    set_up_survey(None, Asking(name="Опрос магазина"), by=by, at=at)
    invitation = offer(cast.ticket("Solved"), way=Way.WIDGET, by=by, at=at)
    rate(invitation, 3, way=Way.WIDGET, at=at)
    return invitation


def widget_of_shop(cast: Cast) -> Channel:
    """The chat on the shop's site."""
    wanted = Widget(
        brand=cast.shop,
        team=cast.shop_team,
        name="Chat",
        manner=Manner(origins=("https://polka.example",)),
    )
    return connect_widget(None, wanted, by=cast.actor(cast.admin), at=cast.at)


def _failed(cast: Cast, ticket: Ticket) -> Delivery:
    """An answer that its recipient's server refused."""
    said = Answer(text="Soon.", to=(cast.anna,), due_at=cast.at)
    message = answer(ticket, said, by=cast.actor(cast.olga), at=cast.at)
    refused = Delivery.objects.get(message=message)
    setback = Setback(delivery_id=refused.pk, trouble=Trouble.REJECTED)
    refuse([setback], by=cast.actor(cast.admin), at=cast.at)
    return refused


def _ticket(cast: Cast) -> tuple[Ticket, Message]:
    raw = b"From: anna@example.org\r\n\r\nWhere is my parcel?\r\n"
    arrival = Arrival(
        channel_id=cast.shop_mail.pk,
        external_key="first",
        raw=raw,
        envelope={},
        received_at=cast.at,
    )
    item = next(iter(take_many([arrival]).values()))
    IntakeItem.objects.filter(pk=item).update(state=IntakeState.QUARANTINED, reason="fault")
    picture = InboundFile(blob=store(b"a picture", at=cast.at), name="parcel.png")
    more = {
        "files": (picture,),
        "copied": (cast.boris,),
        "intake_id": item,
        "html": "<p>Where?</p>",
    }
    ticket = cast.ticket(**more)
    return ticket, Message.objects.get(filings__ticket=ticket)


def _bot(cast: Cast) -> Channel:
    current = Settings(way_in=WayIn.POLLING, values={"token": "1:" + "a" * 35})
    row, secret = stored(current, MANIFEST)
    return Channel.objects.create(
        kind="telegram",
        brand=cast.shop,
        name="Bot",
        address="@shop_bot",
        settings=row,
        secret=secret,
        enabled=False,
    )


def _promised(cast: Cast) -> dict[str, object]:
    by, at = cast.actor(cast.admin), cast.at
    spec = read({"zone": "UTC", "hours": "24/7"})
    hours = arrange_calendar(None, name="Always", spec=spec, by=by, at=at)
    target = Target(goal=Goal.RESOLUTION, work=timedelta(hours=8))
    said = Promising(
        name="Обещание магазина", place=1, condition=None, calendar=hours, targets=[target]
    )
    policy = arrange_ticket_policy(None, said, by=by, at=at)
    # Nothing counts by this one, so that it can be archived.
    spare = arrange_calendar(None, name="Spare", spec=spec, by=by, at=at)
    return {"calendars": spare.pk, "policies": policy.pk}


def _rule(cast: Cast) -> Rule:
    steps = [{"action": "tickets.prioritise", "parameters": {"priority": 4}}]
    text = RuleText(
        name="Правило магазина", when={"events": ["opened"]}, condition=None, then=steps
    )
    return write_rule(None, text, by=cast.actor(cast.admin), at=cast.at)


def _trial(cast: Cast, rule: Rule) -> int:
    asked = Asked(
        said=kept_said(rule.current.said),
        since=cast.at - timedelta(days=1),
        until=cast.at,
        rule=rule,
    )
    return begin_trial(asked, by=cast.actor(cast.admin), at=cast.at).pk


def _provider(cast: Cast) -> Provider:
    text = ProviderText(
        name="Chain",
        kind=ProviderKind.SAML,
        issuer="https://id.chain.example",
        sign_on_url="https://id.chain.example/sso",
        certificate=key_pair("chain")[1],
    )
    return arrange_provider(None, text, by=cast.actor(cast.admin), at=cast.at)


def _by_route(cast: Cast, spoken: Message, *, word_pk: int) -> dict[str, object]:
    by, at = cast.actor(cast.admin), cast.at
    category = arrange_category(None, name="Parcels", parent=None, brand=cast.shop, by=by, at=at)
    kind = name_request_type(None, name="Question", by=by, at=at)
    template = write_template(
        None, name="Hello", text="Hello", language="", brand=None, team=None, by=by, at=at
    )
    rule = Rule.objects.get()
    now = datetime.now(UTC)
    then, back = now + timedelta(days=30), now + timedelta(days=39)
    leave = Leave(kind=AbsenceKind.HOLIDAY, starts_at=then, ends_at=back)
    absence = enter_absence(cast.olga, leave, by=by, at=now).pk
    nouns = {
        "absences": absence,
        "successions": Succession.objects.create(
            member=cast.olga, way="back", by=cast.olga.user, at=at
        ).pk,
        "brands": cast.shop.pk,
        "channels": cast.shop_mail.pk,
        "widgets": Channel.objects.get(kind=ChannelKind.WIDGET).pk,
        "messengers": _bot(cast).pk,
        "webforms": Channel.objects.get(kind=ChannelKind.FORM).pk,
        "incoming": source_of_shop(cast).pk,
        "teams": cast.shop_team.pk,
        "providers": _provider(cast).pk,
        "staff": cast.ivan.pk,
        "roles": Role.objects.get(key="reader").pk,
        "keys": issue_key(KeyText(name="Shop", scopes=["tickets:read"]), by=by, at=at).key.pk,
        "categories": category.pk,
        "fields": Definition.objects.get().pk,
        "tags": word_pk,
        "types": kind.pk,
        "macros": Macro.objects.get().pk,
        "processes": Process.objects.get().pk,
        "scripts": Script.objects.get().pk,
        "hints": write_hint(None, HINT, by=by, at=at).pk,
        "rules": rule.pk,
        "templates": template.pk,
        "queues": arrange_queue(cast.shop_team, Arrangement(mode=Mode.PULL), by=by, at=at).pk,
        **_promised(cast),
        "skills": name_skill(None, name="Parcels", members=[cast.olga], by=by, at=at).pk,
        "surveys": Survey.objects.get().pk,
        "approvals": ApprovalTerms.objects.create(pk=1).pk,
        "consents": publish_document(Purpose.NEWS, text="News?", language="en", by=by, at=at).pk,
        "retention": set_retention(None, Kept.PERSONS, months=12, by=by, at=at).pk,
        "cards": arrange_card(CardOf.SITE, (), by=by, at=at).pk,
        "synonyms": equate(None, ["МФУ", "printer"], by=by, at=at).pk,
        "topics": Topic.objects.get().pk,
        **_catalogue(by, at),
    }
    call = _lost_call(cast)
    nouns["webhooks"] = call.webhook_id
    problem = Problem.objects.create(
        kind="intake-quarantined",
        subject_kind="intake_item",
        subject_id=IntakeItem.objects.get().pk,
        first_at=at,
        last_at=at,
    )
    nouns["problems"] = problem.pk
    parts = (
        "-again",
        "-end",
        "-original",
        "-one",
        "-archive",
        "-test",
        "-link",
        "-switch",
        "-runs",
        "-factors",
        "-presentation",
        "-revocation",
        "-secret",
        "-going",
        "-results",
        "-lost",
        "-undo",
        "-switch",
    )
    routes = {f"settings-{noun}{part}": pk for noun, pk in nouns.items() for part in parts}
    trial = dict.fromkeys(("settings-rules-trial", "settings-rules-trial-stop"), _trial(cast, rule))
    return {
        "join": signing.dumps(["a@north.example", datetime.now(UTC).timestamp()], salt=PURPOSE),
        **routes,
        **trial,
        "settings-webhooks-call": call.pk,
        **dict.fromkeys(
            ("asset-document", "asset-document-audience", "asset-document-removal"), _paper(cast)
        ),
        **_contract(cast),
    }


def _worked(cast: Cast, ticket: Ticket) -> WorkLog:
    """Half an hour of somebody on a ticket."""
    of = Of(key=uuid4(), day=cast.at.date(), ticket=ticket)
    return log_work(of, member=cast.olga, minutes=30, by=SYSTEM, at=cast.at)


def _catalogue(by: Actor, at: datetime) -> dict[str, int]:
    """A class of equipment, a model of it and what can fail."""
    kind = arranging.arrange_class(None, name="Pumps", by=by, at=at)
    model = arranging.arrange_model(None, kind=kind, vendor="Wilo", name="P1", by=by, at=at)
    code = arranging.arrange_code(
        None, kind=CodeKind.MODE, code="LEK", name="Leaks", asset_class=kind, by=by, at=at
    )
    return {"assetclasses": kind.pk, "assetmodels": model.pk, "failurecodes": code.pk}


def _paper(cast: Cast) -> str:
    """A paper of the equipment that there is."""
    asset = Asset.objects.order_by("pk")[0]
    kept = keep_document(
        asset, b"lines", name="scheme.pdf", for_clients=False, by=SYSTEM, at=cast.at
    )
    return kept.key


def _contract(cast: Cast) -> dict[str, object]:
    """A contract in force that is stopped."""
    made = agreements.in_force(agreements.company("Things"), cast.at)
    blocks = (Blocked.CONTRACT,)
    stopped = stop(made.company, contract=made, blocks=blocks, words="Debts", by=SYSTEM, at=cast.at)
    parts = (
        "one",
        "draft",
        "drop",
        "packages",
        "penalties",
        "renewal",
        "termination",
        "stops",
    )
    routes: dict[str, object] = {f"settings-contracts-{part}": made.pk for part in parts}
    # The API names them by these.
    named = {"contract": made.pk, "stop_id": stopped.pk}
    file = {"settings-contracts-debts-file": "csv"}
    return routes | named | file | {"settings-contracts-lifting": stopped.pk}


def clients(cast: Cast) -> dict[str, object]:
    """A company with a legal entity, a site on the map and somebody who speaks for it."""
    by, at = SYSTEM, cast.at
    company = register(None, Profile(name="North Chain"), by=by, at=at)
    place = Place(name="Shop 1", code="S1", latitude=Decimal("55.5"), longitude=Decimal("37.5"))
    requisites = Requisites(name="North Chain LLC", inn="7707083893", kpp="770701001")
    contact = appoint(company, cast.anna.person, since=at.date(), post="Manager", by=by, at=at)
    member = present(cast.olga, post="Lead", qualification="", photo=PIXEL, by=by, at=at)
    steward = entrust(company, member, duty=Duty.MANAGER, since=at.date(), by=by, at=at)
    site = open_site(company, place, by=by, at=at)
    entity = enter_entity(company, requisites, by=by, at=at)
    return {
        "company": company.pk,
        "company_id": company.pk,
        "site": site.pk,
        "site_id": site.pk,
        "entity": entity.pk,
        "legalentity_id": entity.pk,
        **dict.fromkeys(
            ("territory", "territory_id"), add_territory(company, "North", by=by, at=at).pk
        ),
        "department": found_department(company, "Repairs", by=by, at=at).pk,
        "contact": contact.pk,
        "authority": grant_authority(contact, Terms(scope=ScopeKind.COMPANY), by=by, at=at).pk,
        "domain": trust_domain(company, "north.example", by=by, at=at).pk,
        "steward": steward.pk,
        "member": member.pk,
        "sheet": "sites",
        "ending": "csv",
    }


def call_of(ticket: Ticket, at: datetime) -> Call:
    """A recorded call on a ticket."""
    content = store(b"ID3 words", at=at)
    facts = {"number": "+79990000000", "began_at": at, "state": CallState.ENDED}
    assert ticket.channel
    return Call.objects.create(
        channel=ticket.channel, key="c1", way="in", ticket=ticket, recording=content, **facts
    )


def _lost_call(cast: Cast) -> WebhookCall:
    """A call of a webhook that was given up."""
    wanted = hooking.Wanted(name="Shop", url="https://example.org/", kinds=["tickets.opened"])
    webhook = hooking.set_up_webhook(None, wanted, by=cast.actor(cast.admin), at=cast.at)
    try_out(webhook, by=cast.actor(cast.admin), at=cast.at)
    webhook.calls.update(given_up_at=cast.at)
    return webhook.calls.get()
