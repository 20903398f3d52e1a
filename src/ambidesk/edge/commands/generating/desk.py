"""A desk of any size: what tickets need is streamed into their tables in the order of time."""

import heapq
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from random import Random
from time import monotonic

import psycopg

from ambidesk.edge.commands.gauging.figures import say
from ambidesk.edge.commands.generating import indexes
from ambidesk.edge.commands.generating.filling import Filling, filling
from ambidesk.edge.commands.generating.lines import STAFF_IDS, TABLES, Lines
from ambidesk.edge.commands.generating.premises import About
from ambidesk.edge.commands.generating.staff import Room, move_in
from ambidesk.edge.commands.generating.tickets import Course, courses
from ambidesk.edge.commands.generating.words import prose
from ambidesk.edge.commands.speech import gettext as _
from ambidesk.ground.kernel import journal

TICKETS_A_PERSON = 5
TOLD_EVERY = 200_000
JOURNAL = "journal_entry"
PEOPLE = ("identity", "person")
INDEX = ("search_entry", "search_lexeme")
JOURNAL_COLUMNS = (
    "sequence epoch at actor_kind actor_id origin kind version subject_kind subject_id data".split()
)
SEQUENCES = """
    SELECT setval(pg_get_serial_sequence(%(table)s, 'id'), greatest(max(id), 1)) FROM {table}
"""


def ready(
    url: str, *, tickets: int, messages: int, abouts: Sequence[About] = ()
) -> tuple[Room, ...]:
    """Have a desk of this size: the one that is there, else it is emptied and filled."""
    rooms = move_in(datetime.now(UTC))
    with psycopg.connect(url) as connection:
        row = connection.execute("SELECT max(id) FROM tickets_ticket").fetchone()
        if row and row[0] == tickets:
            return rooms
        if row and row[0]:
            say(_("Making room for %(number)d tickets.") % {"number": tickets})
            connection.execute("SET session_replication_role = replica")
            for key in PEOPLE:
                order = f"DELETE FROM {TABLES[key].name} WHERE id >= {STAFF_IDS}"  # noqa: S608 ours
                connection.execute(order.encode())
    generate(url, rooms, tickets=tickets, messages=messages, abouts=abouts)
    return rooms


def generate(
    url: str, rooms: Sequence[Room], *, tickets: int, messages: int, abouts: Sequence[About] = ()
) -> None:
    """Fill an empty desk; most requests are about something, where there is what to ask about."""
    began = monotonic()
    now = datetime.now(UTC)
    persons = max(tickets // TICKETS_A_PERSON, 10)
    lines = Lines(rooms, [prose(room.language) for room in rooms], abouts=abouts)
    names = [table.name for table in TABLES.values()]
    with indexes.put_aside(url, [*names, JOURNAL]):
        with _open(url) as into:
            _people(lines, into, persons=persons, now=int(now.timestamp()))
            every = courses(
                tickets=tickets,
                messages=messages,
                persons=persons,
                members=len(rooms[0].members),
                now=int(now.timestamp()),
            )
            _stream(lines, every, into)
        say(_("Filled in %(seconds)d s; making the indexes.") % {"seconds": monotonic() - began})
    _settle(url, names)
    say(_("Generated in %(seconds)d s.") % {"seconds": monotonic() - began})


@contextmanager
def _open(url: str) -> Iterator[Mapping[str, Filling]]:
    columns = {table.name: table.columns for table in TABLES.values()}
    columns[JOURNAL] = JOURNAL_COLUMNS
    empty = [TABLES[key].name for key in TABLES if key not in PEOPLE]
    with filling(url, columns, empty=[*empty, JOURNAL, *INDEX]) as into:
        yield {**{key: into[table.name] for key, table in TABLES.items()}, JOURNAL: into[JOURNAL]}


def _people(lines: Lines, into: Mapping[str, Filling], *, persons: int, now: int) -> None:
    dice = Random("persons")  # noqa: S311 test data, no secret
    for number in range(persons):
        person, identity = lines.person(number, at=now - dice.randrange(10**7))
        into["person"].add(person)
        into["identity"].add(identity)


def _stream(lines: Lines, every: Iterator[Course], into: Mapping[str, Filling]) -> None:
    """Write tickets as they begin, and messages in the order in which they were said."""
    waiting: list[tuple[int, int, int, Course]] = []
    for course in every:
        while waiting and waiting[0][0] < course.moments[0]:
            _say(lines, into, heapq.heappop(waiting))
        for key, line in lines.ticket(course):
            into[key].add(line)
        for place, moment in enumerate(course.moments):
            heapq.heappush(waiting, (moment, course.number, place, course))
        if course.number % TOLD_EVERY == 0:
            say(_("%(number)d tickets so far.") % {"number": course.number})
    while waiting:
        _say(lines, into, heapq.heappop(waiting))


def _say(lines: Lines, into: Mapping[str, Filling], word: tuple[int, int, int, Course]) -> None:
    _moment, _number, place, course = word
    for key, line in lines.message(course, place):
        into[key].add(line)


def _settle(url: str, names: Sequence[str]) -> None:
    journal.ensure_partitions()
    with psycopg.connect(url, autocommit=True) as connection:
        for name in names:
            order = SEQUENCES.format(table=name)
            connection.execute(order.encode(), {"table": name})
        connection.execute(
            "SELECT setval('journal_sequence', greatest(max(sequence), 1)) FROM journal_entry"
        )
        connection.execute("VACUUM (ANALYZE)")
