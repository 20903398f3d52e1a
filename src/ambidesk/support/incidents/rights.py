"""Rights over incidents."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from ambidesk.ground.reach.rights import RightGroup


class IncidentRight(StrEnum):
    """What can be granted here."""

    DECIDE = "incidents.decide"
    TELL = "incidents.tell"


INCIDENT_RIGHTS = RightGroup(
    title=_("Incidents"),
    rights=(
        (IncidentRight.DECIDE.value, _("Accept and dismiss proposed incidents, add tickets")),
        (IncidentRight.TELL.value, _("Show a banner, answer all tickets of an incident, close it")),
    ),
)
