"""The agreement: ledgers of senders, operators and receivers beside the desk, to the last one."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import psycopg

from ambidesk.edge.commands.gauging.figures import Figure
from ambidesk.edge.commands.gauging.peak.ledgers import lines_of

# Who wrote what that stands on which ticket, by the key that the sender's ledger has.
MAILS = """
    SELECT trim(both '<>' from message.external_id), count(DISTINCT filing.ticket_id)
      FROM conversations_message message
      JOIN conversations_thread thread ON thread.id = message.thread_id
      JOIN conversations_channel channel ON channel.id = thread.channel_id
      LEFT JOIN tickets_filing filing
        ON filing.message_id = message.id AND filing.withdrawn_at IS NULL
     WHERE message.direction = 'in' AND channel.kind = 'email' GROUP BY message.id
"""
WORDS = """
    SELECT word.key::text, count(DISTINCT filing.ticket_id)
      FROM channels_visitorword word
      LEFT JOIN tickets_filing filing
        ON filing.message_id = word.message_id AND filing.withdrawn_at IS NULL
     GROUP BY word.id
"""
TAKEN = """
    SELECT subject_id::text, count(*) FROM journal_entry WHERE kind = 'routing.taken'
     GROUP BY subject_id
"""


def figures(ledgers: Path, *, url: str) -> Sequence[Figure]:
    """Compare what was sent with the desk, then what was answered with what was received."""
    with psycopg.connect(url) as session:
        there = _counted(session, MAILS) + _counted(session, WORDS)
        taken = _counted(session, TAKEN)
    sent, whom = Counter[str](), Counter[str]()
    for kind in ("mail", "chat"):
        for address, key, *_token in lines_of(ledgers, kind):
            sent[key] += 1
            whom[address] += 1
    worked = Counter(address for address, _ticket in lines_of(ledgers, "worked"))
    received, strangers = Counter[str](), 0
    for address, named in lines_of(ledgers, "received"):
        received[address] += 1
        strangers += address != named
    return (
        *_compared("sent, at the desk", sent, there),
        Figure(name="taken twice", value=_more(taken), unit="tickets", goal=0),
        Figure(
            name="verbs that the database broke off",
            value=sum(1 for _line in lines_of(ledgers, "broken")),
            unit="verbs",
            goal=0,
        ),
        *_compared("sent, answered and closed", whom, worked),
        *_compared("sent, answer received", whom, received),
        Figure(name="answers in the wrong hands", value=strangers, unit="answers", goal=0),
    )


def _compared(name: str, sent: Counter[str], found: Counter[str]) -> Iterator[Figure]:
    lost, unknown = len(sent.keys() - found.keys()), len(found.keys() - sent.keys())
    yield Figure(name=name, value=len(sent.keys() & found.keys()), unit="messages", goal=len(sent))
    yield Figure(name=f"{name}: lost", value=lost, unit="messages", goal=0)
    yield Figure(name=f"{name}: twice", value=_more(found), unit="messages", goal=0)
    yield Figure(name=f"{name}: by nobody", value=unknown, unit="messages", goal=0)


def _more(found: Counter[str]) -> int:
    return sum(number - 1 for number in found.values() if number > 1)


def _counted(session: "psycopg.Connection[tuple[object, ...]]", sql: str) -> Counter[str]:
    found = Counter[str]()
    for key, number in session.execute(sql.encode()).fetchall():
        found[str(key)] += int(str(number))
    return found
