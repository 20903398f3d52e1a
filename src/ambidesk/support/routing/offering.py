"""
Offering: what is next for whom in queues that are pulled, weighed beforehand.

So whoever takes next asks no more of the database than before: the reasons are there already.
An offer that no longer holds does no harm: the place and the ticket have the last word.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from ambidesk.support.routing.attendance import present_operators
from ambidesk.support.routing.knowing import Asked, Known, know, team_of
from ambidesk.support.routing.models import Mode, Offer, Place, Queue
from ambidesk.support.routing.reasons import written
from ambidesk.support.routing.rules import offering
from ambidesk.support.routing.rules.matching import Hand, Match, No, Weights, Work, match
from ambidesk.support.routing.rules.offering import Waits
from ambidesk.support.routing.weighting import terms

AT_ONCE = 100


def offer_waiting(*, at: datetime) -> int:
    """Weigh anew what waits in pulled queues with work of clients; say how many offers changed."""
    clients = Place.objects.filter(ticket__company__isnull=False)
    queues = Queue.objects.filter(
        mode=Mode.PULL, team__archived_at=None, team__in=clients.values("team")
    )
    teams = list(queues.order_by("team").values_list("team", flat=True))
    gone, _models = Offer.objects.exclude(team__in=teams).delete()
    return gone + sum(_keep(team, _offered(team, at=at)) for team in teams)


def _offered(team: int, *, at: datetime) -> Sequence[Offer]:
    rows = Place.objects.filter(team=team).order_by("-rank", "-priority", "since", "ticket")
    places = list(rows[:AT_ONCE])
    present = present_operators(team) if places else []
    if not present:
        return ()
    said = terms()
    known = know([_asked(place) for place in places], said, at=at)
    line = [_waits(place, known) for place in places]
    # Who is busy is given nothing, and may take all the same.
    hands = [
        replace(hand, why_not=None) if hand.why_not is No.BUSY else hand
        for hand in team_of(team, present=present, at=at)
    ]
    chosen = offering.offers(line, hands, ties=known.ties, weights=said.weights, at=at)
    reasons = {
        ticket: written(
            known.works[ticket], _match(member, known, hands, of=ticket, by=said.weights)
        )
        for member, ticket in chosen.items()
    }
    return [
        Offer(team_id=team, member_id=member, ticket_id=ticket, at=at, reasons=reasons[ticket])
        for member, ticket in chosen.items()
    ]


def _match(member: int, known: Known, hands: Sequence[Hand], *, of: int, by: Weights) -> Match:
    """Say how all of the team are judged; who takes it is chosen, whoever has most points."""
    found = match(known.works[of], hands, ties=known.ties[of], weights=by)
    return replace(found, chosen=member)


def _asked(place: Place) -> Asked:
    return Asked(
        ticket=place.pk,
        weight=place.weight,
        needs=frozenset(place.needs),
        reserved_for=place.reserved_for_id,
    )


def _waits(place: Place, known: Known) -> Waits:
    plain = Work(
        ticket=place.pk,
        weight=place.weight,
        needs=frozenset(place.needs),
        reserved_for=place.reserved_for_id,
    )
    return Waits(
        work=known.works.get(place.pk, plain),
        urgency=(place.rank, place.priority),
        since=place.since,
        is_client=place.pk in known.works,
    )


@transaction.atomic
def _keep(team: int, wanted: Sequence[Offer]) -> int:
    """Write down what is offered otherwise than before; say how much."""
    rows = Offer.objects.filter(team=team)
    before = {(row.member_id, row.ticket_id): row for row in rows}
    asked = {(each.member_id, each.ticket_id) for each in wanted}
    gone = [row.pk for key, row in before.items() if key not in asked]
    fresh = [each for each in wanted if (each.member_id, each.ticket_id) not in before]
    Offer.objects.filter(pk__in=gone).delete()
    Offer.objects.bulk_create(fresh, ignore_conflicts=True)
    _refresh(wanted, before)
    return len(gone) + len(fresh)


def _refresh(wanted: Sequence[Offer], before: Mapping[tuple[int, int], Offer]) -> None:
    """Have the reasons of offers that stay say what holds now."""
    others = []
    for each in wanted:
        row = before.get((each.member_id, each.ticket_id))
        if row and row.reasons != each.reasons:
            row.reasons, row.at = each.reasons, each.at
            others.append(row)
    Offer.objects.bulk_update(others, ["reasons", "at"])
