"""Metrics in the text form of Prometheus, for the machine itself or whoever has the token."""

import ipaddress
import os
import secrets
from collections.abc import Iterable, Iterator

from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from ambidesk.ground.kernel.pumps import beating

# Each is one number read from partial indexes: a scrape must not weigh on the desk.
GAUGES = {
    "ambidesk_tickets_active": (
        "Tickets neither solved nor closed",
        "SELECT count(*) FROM tickets_ticket WHERE state NOT IN ('solved', 'closed')",
    ),
    "ambidesk_deliveries_waiting": (
        "Messages that have not left",
        "SELECT count(*) FROM conversations_delivery WHERE state = 'waiting'",
    ),
    "ambidesk_intake_waiting": (
        "Raw items that are not taken in yet",
        "SELECT count(*) FROM conversations_intake_item WHERE state = 'waiting'",
    ),
    "ambidesk_intake_quarantined": (
        "Raw items in quarantine",
        "SELECT count(*) FROM conversations_intake_item WHERE state = 'quarantined'",
    ),
    "ambidesk_intake_oldest_seconds": (
        "Age of the oldest raw item that is not taken in yet",
        (
            "SELECT coalesce(extract(epoch FROM now() - min(received_at)), 0)"
            " FROM conversations_intake_item WHERE state = 'waiting'"
        ),
    ),
    "ambidesk_deliveries_late_seconds": (
        "How long the longest due message has been due",
        (
            "SELECT coalesce(extract(epoch FROM now() - min(due_at)), 0)"
            " FROM conversations_delivery WHERE state = 'waiting' AND due_at < now()"
        ),
    ),
    "ambidesk_problems_open": (
        "Problems that wait for somebody",
        "SELECT count(*) FROM kernel_problem WHERE solved_at IS NULL",
    ),
    "ambidesk_database_connections": (
        "Connections to the database",
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()",
    ),
}


# How old the first entry is that a subscriber has not read.
LAG = """
    SELECT reading.name, coalesce(extract(epoch FROM now() - (
        SELECT entry.at FROM journal_entry entry
         WHERE (entry.epoch, entry.xid, entry.sequence)
             > (reading.epoch, reading.xid, reading.sequence)
         ORDER BY entry.epoch, entry.xid, entry.sequence LIMIT 1)), 0)
      FROM kernel_reading reading
"""


class Desk(Collector):
    """The figures that lie in the database."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Read each figure now."""
        with connection.cursor() as cursor:
            for name, (words, sql) in GAUGES.items():
                cursor.execute(sql)
                yield GaugeMetricFamily(name, words, value=float(cursor.fetchone()[0]))
            cursor.execute(LAG)
            yield _labelled(
                "ambidesk_journal_lag_seconds",
                "Age of the first entry that a subscriber has not read",
                per="subscriber",
                rows=cursor.fetchall(),
            )
        yield _labelled(
            "ambidesk_lane_processes",
            "Processes in which a lane gave a sign of life within the last minute",
            per="lane",
            rows=beating().items(),
        )


def _labelled(
    name: str, words: str, *, per: str, rows: Iterable[tuple[str, float]]
) -> GaugeMetricFamily:
    family = GaugeMetricFamily(name, words, labels=[per])
    for key, value in rows:
        family.add_metric([key], float(value))
    return family


def metrics(request: HttpRequest) -> HttpResponse:
    """Print all figures."""
    if not _may_read(request):
        raise Http404
    registry = CollectorRegistry()
    registry.register(Desk())
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]  # the library has none
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


def _may_read(request: HttpRequest) -> bool:
    token = os.environ.get("AMBIDESK_METRICS_TOKEN", "")
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if token:
        return secrets.compare_digest(token.encode(), given.encode())
    # Behind a proxy every request comes from the machine itself: a token is needed there.
    if "X-Forwarded-For" in request.headers:
        return False
    try:
        return ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False
