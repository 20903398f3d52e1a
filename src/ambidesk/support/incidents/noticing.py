"""
Noticing: each new ticket joins the swarm that it is most like; a swarm that bursts is proposed.

A ticket costs the same whatever lies in the past: its terms are looked up, and the few swarms of
the last minutes that share a rare one with it. What is noticed twice is noticed once.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from ambidesk.ground.reach.actor import SYSTEM, Actor
from ambidesk.support.incidents.gathering import gather
from ambidesk.support.incidents.measuring import measure
from ambidesk.support.incidents.models import Echo, Incident, IncidentState, Swarm
from ambidesk.support.incidents.proposing import propose
from ambidesk.support.incidents.reading import terms_of
from ambidesk.support.incidents.remembering import Usual, remember
from ambidesk.support.incidents.rules.bursting import (
    LEAST,
    WINDOW_SECONDS,
    is_burst,
    is_unusual,
)
from ambidesk.support.incidents.rules.likeness import MOST_TERMS, alike, keys_of, mean_with
from ambidesk.support.tickets.models import Ticket

ALIKE = 0.3
# Swarms of one fault start from different words: what is this much alike is the same fault.
SAME_FAULT = 0.25
WINDOW = timedelta(seconds=WINDOW_SECONDS)
NEAREST = 300
Weights = dict[int, float]


@transaction.atomic
def notice(numbers: Collection[int], *, by: Actor = SYSTEM, at: datetime) -> list[Incident]:
    """Take new tickets into swarms and propose what bursts; give what was proposed."""
    known = set(Echo.objects.filter(pk__in=numbers).values_list("pk", flat=True))
    rows = Ticket.objects.filter(pk__in=set(numbers) - known, suspended=False)
    by_brand: dict[int, list[Ticket]] = defaultdict(list)
    for ticket in rows.order_by("pk"):
        by_brand[ticket.brand_id].append(ticket)
    terms = terms_of([ticket.pk for tickets in by_brand.values() for ticket in tickets])
    found = []
    for brand, tickets in sorted(by_brand.items()):
        usual = remember(brand, [terms[ticket.pk] for ticket in tickets], at=at)
        touched = _swarm(brand, tickets, terms, usual)
        found += _burst(brand, touched, by, at)
    return found


def learn(brand: int, numbers: Collection[int], *, at: datetime) -> None:
    """Learn from tickets of the past what is usual at a brand; nothing is noticed in them."""
    remember(brand, list(terms_of(numbers).values()), at=at)


def sweep(*, at: datetime) -> int:
    """Forget swarms that nothing joined for an hour; say how many."""
    old = Swarm.objects.filter(last_at__lt=at - timedelta(hours=1))
    gone, _kinds = Swarm.objects.filter(pk__in=old.values("pk")[:1000]).delete()
    return gone


def _swarm(
    brand: int, tickets: Sequence[Ticket], terms: Mapping[int, frozenset[int]], usual: Usual
) -> list[Swarm]:
    """Let each ticket join the most alike swarm, or begin one; give those that grew."""
    weighed = {each.pk: usual.weigh(terms[each.pk]) for each in tickets}
    swarms = _near(brand, weighed.values(), min(each.opened_at for each in tickets))
    grown: dict[int, Swarm] = {}
    echoes: list[tuple[Ticket, Swarm, list[int]]] = []
    for ticket in tickets:
        weights = weighed[ticket.pk]
        if not weights:
            continue
        swarm = _most_alike(weights, swarms)
        if swarm is None:
            swarm = Swarm(brand_id=brand, centre={}, keys=[], number=0, last_at=ticket.opened_at)
            swarms.append(swarm)
        centre = mean_with(_centre(swarm), weights, number=swarm.number)
        swarm.centre = {str(term): round(weight, 4) for term, weight in centre.items()}
        swarm.keys = list(keys_of(centre))
        swarm.number += 1
        swarm.last_at = max(swarm.last_at, ticket.opened_at)
        grown[id(swarm)] = swarm
        echoes.append((ticket, swarm, list(keys_of(weights, number=MOST_TERMS))))
    _keep(list(grown.values()), echoes)
    return list(grown.values())


def _keep(swarms: Sequence[Swarm], echoes: Sequence[tuple[Ticket, Swarm, list[int]]]) -> None:
    new = [swarm for swarm in swarms if swarm.pk is None]
    old = [swarm for swarm in swarms if swarm.pk is not None]
    Swarm.objects.bulk_update(old, ["centre", "keys", "number", "last_at"])
    Swarm.objects.bulk_create(new)
    Echo.objects.bulk_create(
        [
            Echo(ticket=ticket, swarm=swarm, at=ticket.opened_at, terms=terms)
            for ticket, swarm, terms in echoes
        ],
        ignore_conflicts=True,
    )


def _near(brand: int, texts: Collection[Weights], since: datetime) -> list[Swarm]:
    """Read the swarms of the last minutes that share a rare term with one of the texts."""
    keys = {term for weights in texts for term in keys_of(weights)}
    # After a fault is over what comes is looked at afresh.
    over = Incident.objects.filter(brand=brand, state=IncidentState.CLOSED)
    rows = Swarm.objects.select_for_update().filter(
        Q(incident=None) | ~Q(incident__in=over),
        brand=brand,
        last_at__gt=since - WINDOW,
        keys__overlap=sorted(keys),
    )
    return sorted(rows.order_by("-number", "pk")[:NEAREST], key=lambda swarm: swarm.pk)


def _most_alike(weights: Weights, swarms: Sequence[Swarm]) -> Swarm | None:
    scored = [(alike(weights, _centre(swarm)), swarm) for swarm in swarms]
    best = max(scored, key=lambda each: each[0], default=None)
    return best[1] if best and best[0] >= ALIKE else None


def _centre(swarm: Swarm) -> Weights:
    return {int(term): weight for term, weight in swarm.centre.items()}


def _burst(brand: int, swarms: Sequence[Swarm], by: Actor, at: datetime) -> list[Incident]:
    since = max((swarm.last_at for swarm in swarms), default=at) - WINDOW
    known = _known(brand, since)
    loose = [each for each in swarms if each.incident_id is None]
    looks = measure(
        brand, [each for each in loose if known or each.number >= LEAST], since=since, at=at
    )
    found = []
    for swarm in swarms:
        seen = looks.get(swarm.pk)
        incident = swarm.incident
        if incident is None and seen and is_unusual(seen):
            incident = _same_fault(swarm, known)
        if incident is None and seen and is_burst(seen):
            incident = propose(swarm, number=seen.number, since=since, by=by, at=at)
            known.append(swarm)
            found.append(incident)
        if incident is not None:
            gather(incident, swarm, since=since, by=by, at=at)
    # What came before it was proposed, in other words, belongs to it too.
    return found + _burst(brand, _earlier(brand, since), by, at) if found else found


def _earlier(brand: int, since: datetime) -> list[Swarm]:
    """The swarms of late that belong to nothing."""
    rows = Swarm.objects.select_for_update().filter(brand=brand, incident=None, last_at__gt=since)
    return list(rows.order_by("pk"))


def _known(brand: int, since: datetime) -> list[Swarm]:
    """The swarms of late that belong to an incident that is not over; dismissed ones too."""
    rows = Swarm.objects.filter(brand=brand, incident__isnull=False, last_at__gt=since - WINDOW)
    alive = rows.exclude(incident__state=IncidentState.CLOSED)
    return list(alive.select_related("incident").order_by("pk"))


def _same_fault(swarm: Swarm, known: Sequence[Swarm]) -> Incident | None:
    """The incident of which a swarm is the same fault, told in other words."""
    scored = [(alike(_centre(swarm), _centre(other)), other) for other in known]
    best = max(scored, key=lambda each: each[0], default=None)
    if best is None or best[0] < SAME_FAULT:
        return None
    swarm.incident = best[1].incident
    swarm.save(update_fields=["incident"])
    return swarm.incident
