"""The search index of a generated desk, made by PostgreSQL at once instead of in small batches."""

from concurrent.futures import ThreadPoolExecutor
from time import monotonic

import psycopg

from ambidesk.edge.commands.gauging.figures import say
from ambidesk.edge.commands.generating import indexes
from ambidesk.edge.commands.generating.desk import INDEX
from ambidesk.edge.commands.speech import gettext as _
from ambidesk.ground.search.document import Sort
from ambidesk.ground.search.marks import LEVELS, SIGN, sort_mark
from ambidesk.support.tickets.finding.messages import MESSAGES
from ambidesk.support.tickets.finding.tickets import TICKETS

AT_A_TIME = 2
# So many of the newest messages hold about every word there is.
LEARNT_FROM = 100_000
# As `indexing` writes it; a house-made text has nothing that would have to be taken apart.
MESSAGE_ROWS = """
    INSERT INTO search_entry (sort, id, whole, at, words)
    SELECT %(sort)s, message.id, ticket.id, message.recorded_at,
           to_tsvector('russian', lower(concat_ws(' ', person.name, message.new_text)))
           || array_to_tsvector(ARRAY[{marks}])
      FROM conversations_message message
      JOIN tickets_filing filing ON filing.message_id = message.id
      JOIN tickets_ticket ticket ON ticket.id = filing.ticket_id
      JOIN people_person person ON person.id = ticket.requester_id
     WHERE message.id BETWEEN %(first)s AND %(last)s
"""
TICKET_ROWS = """
    INSERT INTO search_entry (sort, id, whole, at, words)
    SELECT %(sort)s, ticket.id, ticket.id, ticket.opened_at,
           setweight(to_tsvector('russian', lower(ticket.id || ' ' || ticket.subject)), 'A')
           || setweight(to_tsvector('simple', lower(ticket.id || ' ' || ticket.subject)), 'B')
           || array_to_tsvector(ARRAY[{marks}])
      FROM tickets_ticket ticket
     WHERE ticket.id BETWEEN %(first)s AND %(last)s
"""
LEARN = """
    INSERT INTO search_lexeme (lexeme)
    SELECT DISTINCT lexeme
      FROM (SELECT words FROM search_entry ORDER BY id DESC LIMIT %s) newest, unnest(words)
     WHERE length(lexeme) BETWEEN 3 AND 32 AND lexeme !~ '[=0-9]'
    ON CONFLICT DO NOTHING
"""


def index(url: str) -> None:
    """Make every message and ticket findable, unless they are."""
    with psycopg.connect(url) as session:
        if session.execute("SELECT FROM search_entry LIMIT 1").fetchone():
            return
    began = monotonic()
    say(_("Making the search index."))
    with indexes.put_aside(url, INDEX):
        _fill(url, MESSAGES, "message", order=MESSAGE_ROWS)
        _fill(url, TICKETS, "ticket", order=TICKET_ROWS)
        with psycopg.connect(url) as session:
            session.execute(LEARN, [LEARNT_FROM])
    with psycopg.connect(url, autocommit=True) as session:
        session.execute("VACUUM (ANALYZE) search_entry, search_lexeme")
    say(_("Indexed in %(seconds)d s.") % {"seconds": monotonic() - began})


def _fill(url: str, sort: Sort, table: str, *, order: str) -> None:
    """Let several sessions work through ranges of ids side by side."""
    name = {"message": "conversations_message", "ticket": "tickets_ticket"}[table]
    with psycopg.connect(url) as session:
        newest = f"SELECT max(id) FROM {name}"  # noqa: S608 one of two names of ours
        row = session.execute(newest.encode()).fetchone()
    last = row[0] if row and row[0] else 0
    width = last // AT_A_TIME + 1
    statement = order.format(marks=_marks(sort, table)).encode()

    def work(first: int) -> None:
        with psycopg.connect(url) as session:
            values = {"sort": sort.name, "first": first, "last": first + width - 1}
            session.execute(statement, values)

    with ThreadPoolExecutor(AT_A_TIME) as sessions:
        list(sessions.map(work, range(1, last + 1, width)))


def _marks(sort: Sort, table: str) -> str:
    """The marks of a row as SQL; what they mean is said by `ground.search.marks`."""
    buckets = [f"'{SIGN}b{sort.letter}{level}.' || ({table}.id >> {level})" for level in LEVELS]
    scope, person = f"'{SIGN}s' || ticket.brand_id", f"'{SIGN}p' || ticket.requester_id"
    return ", ".join([f"'{sort_mark(sort)}'", *buckets, scope, person])
