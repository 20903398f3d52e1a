"""What the doctor asks beside its own questions: whether the channels of the desk work."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

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


def checks() -> Sequence[Channels]:
    """Every check that wiring adds."""
    return [Channels(name=_("channels"))]
