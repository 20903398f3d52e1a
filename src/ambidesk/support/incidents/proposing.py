"""Proposing: a burst becomes an incident that somebody accepts or dismisses."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime

from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.signals import signal
from ambidesk.ground.reach.actor import Actor
from ambidesk.support.incidents.events import IncidentNoticed
from ambidesk.support.incidents.models import Echo, Incident, IncidentState, Swarm
from ambidesk.support.incidents.reading import hashed, lexemes_of, spelled
from ambidesk.support.incidents.topic import TOPIC

LOOKED_AT, SPELLED, WORDS = 40, 15, 5


def propose(swarm: Swarm, *, number: int, since: datetime, by: Actor, at: datetime) -> Incident:
    """Propose an incident from a swarm, named by the subject that most of its tickets have."""
    echoes = Echo.objects.filter(swarm=swarm, at__gt=since).order_by("at", "pk")
    rows = list(echoes.select_related("ticket")[:LOOKED_AT])
    first = rows[0].at if rows else at
    incident = Incident.objects.create(
        brand_id=swarm.brand_id,
        state=IncidentState.PROPOSED,
        title=_title([row.ticket.subject for row in rows]),
        noticed=number,
        seconds=max(int((swarm.last_at - first).total_seconds()), 1),
        began_at=first,
    )
    swarm.incident = incident
    swarm.save(update_fields=["incident"])
    event = IncidentNoticed(
        incident_id=incident.pk,
        brand_id=incident.brand_id,
        tickets=number,
        seconds=incident.seconds,
    )
    journal.record(event, by=by, at=at)
    signal(TOPIC)
    return incident


def shared_words(incident: Incident) -> tuple[str, ...]:
    """Give the words that its tickets share, as they are spelled in the tickets themselves."""
    rows = incident.joinings.filter(left_at=None).order_by("pk")
    numbers = list(rows.values_list("ticket", flat=True)[:LOOKED_AT])
    keys = {key for swarm in incident.swarms.all() for key in swarm.keys}
    counted = Counter(
        word
        for words in lexemes_of(numbers).values()
        for word in words
        if not keys or hashed(word) in keys
    )
    common = [word for word, _number in counted.most_common(WORDS)]
    words = spelled(common, numbers=numbers[:SPELLED])
    return tuple(words.get(word, word) for word in common)


def _title(subjects: Sequence[str]) -> str:
    counted = Counter(subject.strip() for subject in subjects if subject.strip())
    return counted.most_common(1)[0][0][:200] if counted else ""
