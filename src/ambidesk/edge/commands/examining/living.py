"""Whether a desk lives: workers that beat, signals that arrive, problems that wait for somebody."""

from collections.abc import Iterator

import psycopg
from psycopg import sql

from ambidesk.edge.commands.examining.finding import Finding, broken, well, worth_a_look
from ambidesk.edge.commands.speech import gettext as _
from ambidesk.edge.commands.speech import ngettext
from ambidesk.ground.kernel.models import Problem
from ambidesk.ground.kernel.pumps import workers
from ambidesk.ground.kernel.signals import CHANNEL

ECHO = "[]"
ECHO_SECONDS = 5
LISTENING = """
    SELECT count(*) FROM pg_stat_activity
    WHERE pid <> pg_backend_pid() AND datname = current_database()
    AND (query ILIKE 'LISTEN %%' OR query ILIKE 'SELECT pg_notify%%')
"""


def living(url: str) -> Iterator[Finding]:
    """Examine the processes of the desk through its database."""
    yield _workers()
    yield _signals(url)
    yield _problems()


def _workers() -> Finding:
    name, heard = _("workers"), workers()
    if not heard:
        return worth_a_look(
            name,
            _(
                "No worker was heard of in the last minute, so no mail comes in or leaves. "
                "Start one: ambidesk up, or ambidesk worker"
            ),
        )
    places = ", ".join(f"{host} ({pid})" for host, pid in heard)
    return well(name, _("At work: %(places)s.") % {"places": places})


def _signals(url: str) -> Finding:
    """Say something to ourselves: it does not come back through a pooler of transactions."""
    name = _("signals")
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(CHANNEL)))
        connection.execute("SELECT pg_notify(%s, %s)", [CHANNEL, ECHO])
        heard = next(connection.notifies(timeout=ECHO_SECONDS, stop_after=1), None)
        row = connection.execute(LISTENING).fetchone()
    if heard is None:
        return broken(
            name,
            _(
                "LISTEN and NOTIFY do not work on this connection, so screens show nothing new by "
                "themselves. Let DATABASE_URL go past a pooler such as PgBouncer."
            ),
        )
    listening = row[0] if row else 0
    if not listening:
        return worth_a_look(
            name, _("They arrive, but no web process listens. Start one: ambidesk up")
        )
    told = ngettext(
        "They arrive; %(count)s session listens.",
        "They arrive; %(count)s sessions listen.",
        listening,
    )
    return well(name, told % {"count": listening})


def _problems() -> Finding:
    name, waiting = _("problems"), Problem.objects.filter(solved_at=None).count()
    if waiting:
        return worth_a_look(
            name,
            ngettext(
                "%(count)s waits for somebody. Look at Settings, Problems.",
                "%(count)s wait for somebody. Look at Settings, Problems.",
                waiting,
            )
            % {"count": waiting},
        )
    return well(name, _("None."))
