"""Announcing: a banner tells visitors of a brand before they ask."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.signals import signal
from ambidesk.ground.reach.actor import Actor
from ambidesk.support.incidents.events import BannerSet
from ambidesk.support.incidents.gathering import locked
from ambidesk.support.incidents.models import Incident, IncidentState
from ambidesk.support.incidents.telling import NotOpen
from ambidesk.support.incidents.topic import TOPIC, banner_topic

LONGEST = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Banner:
    """What visitors read, by language, and since when."""

    incident: int
    words: Mapping[str, str]
    since: datetime

    def said_in(self, language: str) -> str:
        """Give the words in a language, or in the other one where there are none."""
        return self.words.get(language) or next(filter(None, self.words.values()), "")


@transaction.atomic
def announce(incident: Incident, *, words: Mapping[str, str], by: Actor, at: datetime) -> Incident:
    """
    Show a banner to visitors of the brand, in "ru" and "en"; without words it is taken away.

    Raises:
        NotOpen: the incident is not open.
    """
    incident = locked(incident)
    if incident.state != IncidentState.OPEN:
        raise NotOpen
    before = incident.banner_since
    incident.banner_ru, incident.banner_en = (_clean(words.get(each, "")) for each in ("ru", "en"))
    shown = incident.has_banner
    incident.banner_since = (before or at) if shown else None
    incident.save(update_fields=["banner_ru", "banner_en", "banner_since"])
    event = BannerSet(incident_id=incident.pk, brand_id=incident.brand_id, shown=shown)
    journal.record(event, by=by, at=at)
    signal(TOPIC)
    signal(banner_topic(incident.brand_id))
    return incident


def active_banner(brand: int) -> Banner | None:
    """Give what visitors of a brand shall read now: the latest banner, if there is one."""
    rows = Incident.objects.filter(
        brand=brand, state=IncidentState.OPEN, banner_since__isnull=False
    )
    incident = rows.order_by("-banner_since", "-pk").first()
    if incident is None or incident.banner_since is None:
        return None
    words = {"ru": incident.banner_ru, "en": incident.banner_en}
    return Banner(incident=incident.pk, words=words, since=incident.banner_since)


def _clean(text: str) -> str:
    return " ".join(text.replace("\0", "").split())[:LONGEST]
