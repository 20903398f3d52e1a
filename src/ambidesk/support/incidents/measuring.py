"""Measuring: what swarms look like now, beside the past, for the rule to judge."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from django.db import connection
from django.db.models import Count

from ambidesk.support.incidents.models import Echo, Swarm
from ambidesk.support.incidents.remembering import recall
from ambidesk.support.incidents.rules.bursting import TERMS, Borne, Seen

# How many of all that came to a brand bear a term.
BEARERS = """
    SELECT term, count(*)
      FROM incidents_echo echo
      JOIN incidents_swarm swarm ON swarm.id = echo.swarm_id CROSS JOIN unnest(echo.terms) AS term
     WHERE swarm.brand_id = %s AND echo.at > %s AND term = ANY(%s)
     GROUP BY term
"""


def measure(
    brand: int, swarms: Sequence[Swarm], *, since: datetime, at: datetime
) -> Mapping[int, Seen]:
    """Give for each swarm of a brand, by its number, what of it came since an instant."""
    if not swarms:
        return {}
    counted = Echo.objects.filter(swarm__in=swarms, at__gt=since).values("swarm")
    numbers = dict(counted.annotate(number=Count("pk")).values_list("swarm", "number"))
    everything = Echo.objects.filter(swarm__brand=brand, at__gt=since).count()
    keys = {key for swarm in swarms for key in swarm.keys[:TERMS]}
    now = _bearers(brand, keys, since)
    past = recall(brand, keys, at=at)
    # What the window itself brought is no past: a fault must not make itself usual.
    borne = {
        key: Borne(now=now.get(key, 0), before=max(past.seen.get(key, 0.0) - now.get(key, 0), 0.0))
        for key in keys
    }
    return {
        swarm.pk: Seen(
            number=numbers.get(swarm.pk, 0),
            all=everything,
            known=max(past.total - everything, 0.0),
            terms=tuple(borne[key] for key in swarm.keys[:TERMS]),
        )
        for swarm in swarms
    }


def _bearers(brand: int, keys: Collection[int], since: datetime) -> Mapping[int, int]:
    with connection.cursor() as cursor:
        cursor.execute(BEARERS, [brand, since, sorted(keys)])
        return dict(cursor.fetchall())
