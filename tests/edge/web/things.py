"""One thing of each kind that an address can name, all of them the shop's or Olga's."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.test import Client
from django.urls import reverse

from ambidesk.ground.calendars.reading import read
from ambidesk.ground.files.storing import store
from ambidesk.ground.kernel.models import Problem
from ambidesk.ground.kernel.routes import Route
from ambidesk.ground.reach.models import Role
from ambidesk.parties.people.meeting import Caller, meet
from ambidesk.parties.people.models import IdentityKind
from ambidesk.parties.staff.admitting import give_link
from ambidesk.parties.staff.mastering import name_skill
from ambidesk.parties.staff.models import Team
from ambidesk.relation.feedback.models import Invitation, Survey, Way
from ambidesk.relation.feedback.offering import offer
from ambidesk.relation.feedback.rating import rate
from ambidesk.relation.feedback.surveying import Asking, set_up_survey
from ambidesk.relation.feedback.tokens import token_of
from ambidesk.service.catalogue.arranging import arrange_category, name_request_type, name_tag
from ambidesk.service.sla.arranging import Promising, arrange_calendar
from ambidesk.service.sla.rules.facts import Goal, Target
from ambidesk.support.channels.access import Settings, stored
from ambidesk.support.channels.contract.manifest import WayIn
from ambidesk.support.channels.linking import models as linking
from ambidesk.support.channels.telegram.manifest import MANIFEST
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
from ambidesk.support.promises.arranging import arrange_ticket_policy
from ambidesk.support.routing.arranging import Arrangement, arrange_queue
from ambidesk.support.routing.models import Mode
from ambidesk.support.scripts.models import Script
from ambidesk.support.scripts.running import begin_run
from ambidesk.support.scripts.writing import ScriptText, publish, write_script
from ambidesk.support.tickets.answering import Answer, answer
from ambidesk.support.tickets.delivering import Setback, refuse
from ambidesk.support.tickets.describing import tag
from ambidesk.support.tickets.escalating import Why, escalate
from ambidesk.support.tickets.linking import link
from ambidesk.support.tickets.models import LinkKind, Ticket
from ambidesk.support.tickets.regrouping import merge
from tests.cast import Cast

PARAMETER = re.compile(r"<\w+:(\w+)>")


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
    third_line = Team.objects.create(name="Works", line=3)
    for each in (second, third_line):
        each.brands.add(cast.shop)
    escalate(ticket, second, why=Why(reason="Broken"), by=by, at=at)
    macro = write_macro(
        None, MacroText(name="Urgent", steps=[{"action": "tickets.take"}]), by=by, at=at
    )
    batch = begin_macro(macro, [third.pk, other.pk], by=cast.actor(cast.olga), at=at)
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
    return Things(
        ticket=ticket,
        everywhere={
            "view": "mine",
            "kind": "telegram",
            "hook": "0" * 32,
            "number": ticket.number,
            "person": ticket.requester_id,
            "key": message.attachments.get().key,
            "message": message.pk,
            "delivery": _failed(cast, ticket).pk,
            "tag": word.pk,
            "made": link(ticket, other, kind=LinkKind.RELATED, by=by, at=at).pk,
            "regrouped": merge(merged, ticket, by=by, at=at).pk,
            "saved": view.pk,
            "macro": macro.pk,
            "script": script.pk,
            "run": run.pk,
            "reminder": reminder.pk,
            "batch": batch.pk,
            "identity": cast.boris.pk,
            "joined": _joined(cast, ticket).pk,
            "session": UserSession.objects.get(user=cast.olga.user).pk,
            "invited": token_of(_asked(cast)),
            "score": 5,
            "token": give_link(cast.ivan, by=by, at=datetime.now(UTC)),
            "pk": key.pk,
            "widget": widget_of_shop(cast).address,
            "file": message.attachments.get().key,
            "incident": incident.pk,
            "broadcast": broadcast.pk,
        },
        bodies={
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
            "ticket-forwards": {"original": message.pk, "addresses": "expert@example.net"},
            "ticket-escalation": {"team": third_line.pk, "reason": "Broken"},
            "ticket-return": {"reason": "Not broken"},
            "ticket-reminders": {"due_at": (datetime.now(UTC) + timedelta(days=1)).isoformat()},
            "batches": {"ticket": third.number, "priority": 3},
            "ticket-merge": {"other": third.number},
            "ticket-links": {"other": third.number},
            "ticket-move": {"other": third.number, "message": message.pk},
            "ticket-priority": {"priority": 3},
            "ticket-state": {"state": "on_hold"},
            "ticket-tags": {"tag": word.name},
        },
        by_route=_by_route(cast, spoken, word_pk=word.pk),
    )


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


def _by_route(cast: Cast, spoken: Message, *, word_pk: int) -> dict[str, object]:
    by, at = cast.actor(cast.admin), cast.at
    category = arrange_category(None, name="Parcels", parent=None, brand=cast.shop, by=by, at=at)
    kind = name_request_type(None, name="Question", by=by, at=at)
    template = write_template(
        None, name="Hello", text="Hello", language="", brand=None, team=None, by=by, at=at
    )
    nouns = {
        "brands": cast.shop.pk,
        "channels": cast.shop_mail.pk,
        "widgets": Channel.objects.get(kind=ChannelKind.WIDGET).pk,
        "messengers": _bot(cast).pk,
        "teams": cast.shop_team.pk,
        "staff": cast.ivan.pk,
        "roles": Role.objects.get(key="reader").pk,
        "categories": category.pk,
        "tags": word_pk,
        "types": kind.pk,
        "macros": Macro.objects.get().pk,
        "scripts": Script.objects.get().pk,
        "templates": template.pk,
        "queues": arrange_queue(cast.shop_team, Arrangement(mode=Mode.PULL), by=by, at=at).pk,
        **_promised(cast),
        "skills": name_skill(None, name="Parcels", members=[cast.olga], by=by, at=at).pk,
        "surveys": Survey.objects.get().pk,
    }
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
        "-factors",
        "-secret",
        "-going",
        "-results",
    )
    return {f"settings-{noun}{part}": pk for noun, pk in nouns.items() for part in parts}
