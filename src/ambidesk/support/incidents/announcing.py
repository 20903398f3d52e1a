"""Announcing: a banner tells visitors of a brand before they ask."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.signals import signal
from ambidesk.ground.reach.actor import Actor
from ambidesk.parties.brands.models import Brand
from ambidesk.support.incidents.deciding import NotOpen
from ambidesk.support.incidents.events import BannerSet
from ambidesk.support.incidents.gathering import locked
from ambidesk.support.incidents.models import Incident, IncidentState
from ambidesk.support.incidents.topic import TOPIC

LONGEST = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Banner:
    """What visitors read, and since when."""

    incident: int
    text: str
    since: datetime


@transaction.atomic
def announce(incident: Incident, *, text: str, by: Actor, at: datetime) -> Incident:
    """
    Show a banner to visitors of the brand; an empty one takes it away.

    Raises:
        NotOpen: the incident is not open.
    """
    incident = locked(incident)
    if incident.state != IncidentState.OPEN:
        raise NotOpen
    words = " ".join(text.split())[:LONGEST]
    incident.banner = words
    incident.banner_since = at if words else None
    incident.save(update_fields=["banner", "banner_since"])
    event = BannerSet(incident_id=incident.pk, brand_id=incident.brand_id, shown=bool(words))
    journal.record(event, by=by, at=at)
    signal(TOPIC)
    return incident


def active_banner(brand: Brand) -> Banner | None:
    """Give what visitors of a brand shall read now: the latest banner, if there is one."""
    rows = Incident.objects.filter(brand=brand, state=IncidentState.OPEN).exclude(banner="")
    incident = rows.order_by("-banner_since").first()
    if incident is None or incident.banner_since is None:
        return None
    return Banner(incident=incident.pk, text=incident.banner, since=incident.banner_since)
