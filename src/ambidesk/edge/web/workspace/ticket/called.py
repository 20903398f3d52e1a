"""Sentences of the timeline about calls: how they went, that one was wanted."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from ambidesk.edge.web.workspace.ticket.names import Data, Names
from ambidesk.support.telephony.models import CallState, CallWay


def _call(data: Data, _names: Names) -> str:
    is_out = CallWay(data["way"]) is CallWay.OUT
    match CallState(data["state"]):
        case CallState.RINGING:
            return _("a telephone rings")
        case CallState.TALKING:
            return _("a call to them was answered") if is_out else _("a call was answered")
        case CallState.ENDED:
            return _("a call ended")
        case CallState.MISSED:
            return _("a call was missed")


def _recording(_data: Data, _names: Names) -> str:
    return _("the recording of a call is here")


def _wanted(_data: Data, _names: Names) -> str:
    return _("began a call")


CALLED: dict[str, Callable[[Data, Names], str]] = {
    "telephony.call": _call,
    "telephony.recording": _recording,
    "telephony.call_wanted": _wanted,
}
