"""Actions of automation: a template sent by machine, colleagues and other systems told."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from ambidesk.across.automation.hooking import call_webhook
from ambidesk.across.automation.notifying import Circle, tell_colleagues, tell_one
from ambidesk.across.automation.sending import send_template
from ambidesk.ground.kernel.actions import Action
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.staff.models import Member
from ambidesk.support.desk.models import Template
from ambidesk.support.tickets.actions import performing
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.tickets.rights import TicketRight
from ambidesk.support.webhooks.models import Webhook


class Whom(TextChoices):
    """Who is told."""

    OWNER = Circle.OWNER.value, _("whoever is in charge, else the team")
    TEAM = Circle.TEAM.value, _("the whole team")
    FOLLOWERS = Circle.FOLLOWERS.value, _("those who follow the ticket")


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """Which template is sent."""

    template_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """Who is told."""

    whom: Whom


@dataclass(frozen=True, slots=True, kw_only=True)
class One:
    """Which colleague is told."""

    assignee_id: int


def send(ticket: Ticket, given: Letter, *, by: Actor, at: datetime) -> object:
    """Send a template to the requester."""
    rows = Template.objects.filter(archived_at=None)
    template = performing.found(rows, given.template_id, field="template_id")
    return send_template(ticket, template, by=by, at=at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listener:
    """Which webhook is called."""

    webhook_id: int


def call(ticket: Ticket, given: Listener, *, by: Actor, at: datetime) -> None:
    """Tell another system of the ticket."""
    webhook = performing.found(Webhook.objects.all(), given.webhook_id, field="webhook_id")
    call_webhook(ticket, webhook, by=by, at=at)


def notify(ticket: Ticket, given: Audience, *, by: Actor, at: datetime) -> object:
    """Draw colleagues' attention to the ticket."""
    return tell_colleagues(ticket, Circle(given.whom.value), by=by, at=at)


def notify_one(ticket: Ticket, given: One, *, by: Actor, at: datetime) -> object:
    """Draw one colleague's attention to the ticket."""
    rows = Member.objects.filter(user__is_active=True)
    member = performing.found(rows, given.assignee_id, field="assignee_id")
    return tell_one(ticket, member, by=by, at=at)


AUTOMATION_ACTIONS = (
    Action(
        name="automation.send_template",
        label=_("Send a template to the requester"),
        parameters=Letter,
        right=TicketRight.ANSWER.value,
        perform=send,
    ),
    Action(
        name="automation.notify",
        label=_("Notify colleagues"),
        parameters=Audience,
        right=TicketRight.WORK.value,
        perform=notify,
    ),
    Action(
        name="automation.notify_one",
        label=_("Notify a colleague"),
        parameters=One,
        right=TicketRight.WORK.value,
        perform=notify_one,
    ),
    Action(
        name="automation.call_webhook",
        label=_("Call a webhook"),
        parameters=Listener,
        right=TicketRight.WORK.value,
        perform=call,
    ),
)
