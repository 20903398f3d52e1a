"""Who keeps an eye on a ticket: its followers and the follow-ups that are still to do."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import DateField, Func, OuterRef, Q
from django.db.models.functions import JSONObject
from django.utils.timezone import get_default_timezone_name

from ambidesk.edge.web.workspace.ticket.beside import beside
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.staff.models import Mentoring
from ambidesk.support.desk.models import Reminder
from ambidesk.support.tickets.models import Following, Ticket


class Today(Func):
    """The day where the desk is: a query that is kept asks the database for it anew each time."""

    output_field = DateField()

    def as_sql(self, *_compiling: Any, **_context: Any) -> tuple[str, tuple[str]]:
        """Ask for the day of this instant in the desk's zone."""
        return "(now() AT TIME ZONE %s)::date", (get_default_timezone_name(),)


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """A reminder as the card shows it; `is_mine` may be called done by the reader."""

    id: int
    name: str
    words: str
    due_at: datetime
    is_mine: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Attention:
    """The followers by name, whether the reader is one, and the follow-ups."""

    followers: tuple[str, ...]
    is_followed: bool
    reminders: tuple[FollowUp, ...]


def followers_beside() -> ArraySubquery:
    """The followers, read with the ticket."""
    rows = Following.objects.filter(ticket=OuterRef("pk"), user__is_active=True)
    facts = JSONObject(user="user", name="user__name", email="user__email")
    return ArraySubquery(rows.order_by("user__name", "pk").values(row=facts))


def mentor_beside() -> ArraySubquery:
    """Who goes along with the assignee today, and so follows what they have."""
    lasting = Q(since_on__lte=Today(), until_on__gt=Today(), mentor__user__is_active=True)
    rows = Mentoring.objects.filter(lasting, member=OuterRef("assignee"))
    facts = JSONObject(user="mentor__user", name="mentor__user__name", email="mentor__user__email")
    return ArraySubquery(rows.values(row=facts))


def reminders_beside() -> ArraySubquery:
    """What is still to be followed up, read with the ticket."""
    rows = Reminder.objects.filter(Q(ticket=OuterRef("pk")), done_at=None)
    facts = JSONObject(
        id="pk", user="user", by="given_by", name="user__name", said="words", due_at="due_at"
    )
    return ArraySubquery(rows.order_by("due_at", "pk").values(row=facts))


def read_attention(ticket: Ticket, actor: Actor) -> Attention:
    """Read what was fetched beside the ticket."""
    followers = beside(ticket, "followers")
    known = {row["user"] for row in followers}
    mentors = [row for row in beside(ticket, "mentors") if row["user"] not in known]
    return Attention(
        followers=tuple(row["name"] or row["email"] for row in (*followers, *mentors)),
        is_followed=any(row["user"] == actor.user_id for row in followers),
        reminders=tuple(
            FollowUp(
                id=row["id"],
                name=row["name"],
                words=row["said"],
                due_at=datetime.fromisoformat(row["due_at"]),
                is_mine=actor.user_id in {row["user"], row["by"]},
            )
            for row in beside(ticket, "follow_ups")
        ),
    )
