"""What queues decided about a ticket, each with its reason, in words."""

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from django.utils.translation import gettext as _

from ambidesk.edge.web.ui.durations import in_words
from ambidesk.support.routing.events import Because, How

Data = Mapping[str, Any]


class Named(Protocol):
    """Names by id, of whom and what the sentences mention."""

    @property
    def members(self) -> Mapping[int, str]: ...

    @property
    def teams(self) -> Mapping[int, str]: ...

    @property
    def skills(self) -> Mapping[int, str]: ...


def taken(data: Data, names: Named) -> str:
    """Say who got it and why just they."""
    facts = {
        "member": names.members.get(data["member_id"], "?"),
        "waited": in_words(data["waited_seconds"]),
        "idle": in_words(data["idle_seconds"]),
        "load": data["load"],
        "capacity": data["capacity"],
        "skills": ", ".join(names.skills.get(each, "?") for each in data["skill_ids"]),
    }
    if data["how"] == How.MATCHED:
        return (
            _("gave it to %(member)s, for whom most speaks: now %(load)s of %(capacity)s") % facts
        )
    if data["how"] == How.PUSHED:
        words = _(
            "gave it to %(member)s: idle longest (%(idle)s) with room, now %(load)s of %(capacity)s"
        )
        if data["skill_ids"]:
            words = _(
                "gave it to %(member)s: idle longest (%(idle)s) with %(skills)s and room, "
                "now %(load)s of %(capacity)s"
            )
        return words % facts
    if data["returned"]:
        return _("took it as next: it had come back, now %(load)s of %(capacity)s") % facts
    if data["skill_ids"]:
        return (
            _("took it as next: waited %(waited)s, needs %(skills)s, now %(load)s of %(capacity)s")
            % facts
        )
    return _("took it as next: waited %(waited)s, now %(load)s of %(capacity)s") % facts


def returned(data: Data, names: Named) -> str:
    """Say where it came back to, and why."""
    member = {"member": names.members.get(data["member_id"], "?")}
    if data["because"] == Because.GONE:
        return _("put it back on top of the queue: %(member)s is gone") % member
    if data["reserved"]:
        return _("keeps it on top for %(member)s: their hands are full") % member
    return _("put it back on top of the queue: answered while %(member)s is away") % member


def overflowed(data: Data, names: Named) -> str:
    """Say that it went on after so long."""
    return _("let it go on to team “%(team)s” after %(waited)s, by the rule of the queue") % {
        "team": names.teams.get(data["team_id"], "?"),
        "waited": in_words(data["waited_seconds"]),
    }


ROUTED: Mapping[str, Callable[[Data, Named], str]] = {
    "routing.taken": taken,
    "routing.returned": returned,
    "routing.overflowed": overflowed,
}
