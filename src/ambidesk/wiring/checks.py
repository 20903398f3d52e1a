"""What the doctor asks beside its own questions: whether the channels of the desk work."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection
from django.utils.translation import gettext as _

from ambidesk.ground.reach.wall import ROLE, stands
from ambidesk.ground.search.pages.meaning.choosing import extend
from ambidesk.ground.search.pages.meaning.filling import filled
from ambidesk.support.conversations.models import Channel, ChannelHealth, ChannelKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Channels:
    """Whether each channel in use works, by what its last use said."""

    name: str

    def look(self) -> tuple[str, str]:
        """Name the channels that fail; the screen of each says why."""
        used = Channel.objects.filter(enabled=True).exclude(kind=ChannelKind.HAND)
        failing = [row.name for row in used if row.health == ChannelHealth.FAILING]
        if failing:
            words = _("These do not work: %(names)s. Settings, Channels says why.")
            return "fail", words % {"names": ", ".join(failing)}
        if not used:
            return "warn", _("There is none, so nothing comes in. Set one up: Settings, Channels.")
        return "ok", _("None of %(count)s reports a fault.") % {"count": len(used)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """Whether articles are found by meaning, where that was wanted."""

    name: str

    def look(self) -> tuple[str, str]:
        """Say what is missing for it; words alone are well too."""
        counted = filled()
        if counted is None:
            return "ok", _("Articles are found by words. For meaning too: ambidesk[semantic].")
        if not extend():
            return "warn", _(
                "The database has no extension vector, so articles are found by words alone. "
                "Install pgvector."
            )
        facts = {"pages": counted.pages, "of": counted.of}
        return "ok", _("Articles are found by meaning: %(pages)s of %(of)s are ready.") % facts


@dataclass(frozen=True, slots=True, kw_only=True)
class Wall:
    """Whether the database itself keeps clients apart, or reach alone does."""

    name: str

    def look(self) -> tuple[str, str]:
        """Say it, and with which words the database gets a role for clients."""
        if stands():
            return "ok", _("The database cuts what clients read to their companies.")
        words = _(
            "Clients are kept apart by the desk alone, for its database role may not make roles. "
            "Let an administrator run, in this database: CREATE ROLE %(role)s NOLOGIN NOINHERIT; "
            "GRANT %(role)s TO %(owner)s; GRANT USAGE ON SCHEMA public TO %(role)s; "
            "GRANT SELECT ON ALL TABLES IN SCHEMA public TO %(role)s; "
            "ALTER DEFAULT PRIVILEGES FOR ROLE %(owner)s IN SCHEMA public "
            "GRANT SELECT ON TABLES TO %(role)s; REVOKE ALL ON tickets_note, "
            "tickets_notefile, conversations_upload, reach_apikey, reach_attempt, "
            "staff_accesslink, conversations_intake_item FROM %(role)s"
        )
        owner = connection.settings_dict["USER"] or "current_user"
        return "warn", words % {"role": ROLE, "owner": owner}


def checks() -> Sequence[Channels | Meaning | Wall]:
    """Every check that wiring adds."""
    return [
        Channels(name=_("channels")),
        Meaning(name=_("search")),
        Wall(name=_("wall between clients")),
    ]
