"""What every page's frame shows: who is signed in, theme, language, which audiences are open."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language

from ambidesk.ground.reach.actor import Actor, ActorKind
from ambidesk.ground.reach.models import User
from ambidesk.support.conversations.rights import ChannelRight
from ambidesk.support.tickets.rights import TicketRight


@dataclass(frozen=True, slots=True, kw_only=True)
class Shell:
    """The frame around a page."""

    user: User | None
    language: str
    theme: str
    can_work: bool
    can_see_problems: bool
    can_set_up: bool


def shell(request: HttpRequest) -> dict[str, Any]:
    """Tell the frame what it needs, without a query of its own."""
    actor = getattr(request, "actor", Actor(kind=ActorKind.USER))
    user = request.user if isinstance(getattr(request, "user", None), User) else None
    return {
        "shell": Shell(
            user=user,
            language=get_language() or "en",
            theme=user.theme if user else "auto",
            can_work=actor.may(TicketRight.SEE),
            can_see_problems=actor.may(ChannelRight.SEE_PROBLEMS),
            can_set_up=any(right.endswith((".manage", ".manage_teams")) for right in actor.rights),
        )
    }
