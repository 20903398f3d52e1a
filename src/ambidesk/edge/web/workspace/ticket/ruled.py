"""What the journal tells of a ticket about rules, in words."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ambidesk.across.automation.models import RunState
from ambidesk.ground.kernel.journal import Entry

Data = Mapping[str, Any]
RAN = "automation.rule_ran"


def is_told_by_its_acts(entry: Entry) -> bool:
    """Say whether a rule did what it should: then each thing that it did says so."""
    return entry.kind == RAN and entry.data["outcome"] == RunState.DONE


def _ran(data: Data, _names: object) -> str:
    if data["outcome"] == RunState.REFUSED:
        return _("could not do what it should")
    return _("was stopped")


def _notified(data: Data, _names: object) -> str:
    words = ngettext("notified %(count)s colleague", "notified %(count)s colleagues", data["count"])
    return words % {"count": data["count"]}


def _called(_data: Data, _names: object) -> str:
    return _("called a webhook")


RULED = {
    RAN: _ran,
    "automation.staff_notified": _notified,
    "automation.webhook_called": _called,
}
