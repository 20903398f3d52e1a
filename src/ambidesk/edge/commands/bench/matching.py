"""Matching: a town of 100,000 made-up persons; then who is proposed for one new among them."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from time import perf_counter, process_time

from django.db import connection

from ambidesk.edge.commands.gauging.figures import Figure, percentile, say
from ambidesk.edge.commands.gauging.order import Order
from ambidesk.edge.commands.generating.lookalikes import make_town
from ambidesk.edge.commands.speech import gettext as _
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.parties.matching.evaluating import measure
from ambidesk.parties.matching.judging import judge_all
from ambidesk.parties.matching.record import Record
from ambidesk.parties.people.meeting import Caller, meet
from ambidesk.parties.people.models import Identity, IdentityKind, Person
from ambidesk.parties.people.recognising.proposing import propose
from ambidesk.parties.people.recognising.tracing import trace

PERSONS, SEED = 100_000, 7
AT_ONCE = 5_000
TIMES = 300
GOAL_MS = 50.0
KINDS = (
    ("emails", IdentityKind.EMAIL),
    ("phones", IdentityKind.PHONE),
    ("handles", IdentityKind.MESSENGER),
)


def run(order: Order, *, url: str) -> Sequence[Figure]:
    """Measure the engine over a town, and a search among as many persons in the database."""
    del url
    persons = order.tickets or PERSONS
    town = make_town(persons, seed=SEED)
    say(_("Matching %(number)d records.") % {"number": len(town.records)})
    return (*_town(town.records, town.truth), *_search(town.records[:persons]))


def _town(records: list[Record], truth: set[tuple[str, str]]) -> Iterator[Figure]:
    began = process_time()
    judged = judge_all(records)
    taken = process_time() - began
    found = measure(judged, truth)
    wrong = sum(
        each.tier == "automatic" and (each.left, each.right) not in truth for each in judged
    )
    yield Figure(name="joined wrongly", value=wrong, unit="pairs", goal=0)
    for tier, quality in found.items():
        yield Figure(name=f"{tier}, precision", value=100 * quality.precision, unit="%")
        yield Figure(name=f"{tier}, recall", value=100 * quality.recall, unit="%")
    yield Figure(name="records judged", value=len(records) / taken, unit="a second")


def _search(records: Sequence[Record]) -> Iterator[Figure]:
    at = datetime.now(UTC)
    settled, new = records[:-TIMES], records[-TIMES:]
    for start in range(0, len(settled), AT_ONCE):
        _settle(settled[start : start + AT_ONCE], at=at)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE people_person, people_identity, people_trace")
    say(_("Looking for %(number)d new persons.") % {"number": len(new)})
    times = [_meet(record, number, at=at) for number, record in enumerate(new)]
    yield Figure(
        name=f"proposals for a new person among {len(settled):,}, p95",
        value=percentile(times, 0.95),
        unit="ms",
        goal=GOAL_MS,
    )
    yield Figure(name="the same, p50", value=percentile(times, 0.5), unit="ms")


def _settle(records: Sequence[Record], *, at: datetime) -> None:
    """Put persons into the database as they would stand there after years."""
    rows = [Person(name=_name(each), first_at=at) for each in records]
    Person.objects.bulk_create(rows)
    pairs = list(zip(rows, records, strict=True))
    addresses = [
        Identity(person=row, kind=kind, value=value, display=value, first_at=at)
        for row, record in pairs
        for part, kind in KINDS
        for value in getattr(record, part)
    ]
    Identity.objects.bulk_create(addresses, ignore_conflicts=True)
    trace({row.pk: record for row, record in pairs}, gone=())


def _meet(record: Record, number: int, *, at: datetime) -> float:
    caller = Caller(kind=IdentityKind.MESSENGER, value=f"telegram:n{number}", name=_name(record))
    met = meet(caller, by=SYSTEM, at=at)
    began = perf_counter()
    propose([met.person_id], at=at)
    return 1000 * (perf_counter() - began)


def _name(record: Record) -> str:
    return " ".join(filter(None, (record.given, record.surname)))
