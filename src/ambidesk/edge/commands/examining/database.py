"""What can be examined with a plain connection to the database."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import psycopg

from ambidesk.edge.commands.examining.finding import Finding, broken, well, worth_a_look
from ambidesk.edge.commands.speech import gettext as _
from ambidesk.edge.commands.starting.database import require_database, without_password
from ambidesk.edge.commands.trouble import Trouble

NEEDED = ("pg_trgm", "unaccent", "ltree", "btree_gist")
LARGEST_SKEW = timedelta(seconds=2)
LONGEST_TRANSACTION_SECONDS = 5
FEWEST_CONNECTIONS = 100

Connection = psycopg.Connection[Any]


def database(url: str, *, at: datetime) -> Iterator[Finding]:
    """Examine the database; `at` is the time of this machine."""
    name = _("database")
    try:
        require_database(url)
    except Trouble as trouble:
        yield broken(name, trouble.sentence)
        return
    with psycopg.connect(url, autocommit=True) as connection:
        version = connection.info.server_version
        yield well(
            name,
            _("PostgreSQL %(version)s at %(place)s knows Cyrillic letters.")
            % {
                "version": f"{version // 10000}.{version % 10000}",
                "place": without_password(url),
            },
        )
        yield _extensions(connection)
        yield _connections(connection)
        yield _clock(connection, at)
        yield _long_transactions(connection)


def _extensions(connection: Connection) -> Finding:
    name = _("extensions")
    there = {row[0] for row in connection.execute("SELECT name FROM pg_available_extensions")}
    missing = [extension for extension in NEEDED if extension not in there]
    if missing:
        return broken(
            name,
            _(
                "The server lacks %(missing)s. Install PostgreSQL's contrib package "
                "(postgresql-contrib)."
            )
            % {"missing": ", ".join(missing)},
        )
    return well(name, ", ".join(NEEDED))


def _connections(connection: Connection) -> Finding:
    name = _("connections")
    row = connection.execute(
        "SELECT count(*), current_setting('max_connections')::int FROM pg_stat_activity"
        " WHERE backend_type = 'client backend'"
    ).fetchone()
    used, most = row or (0, 0)
    told = _("%(used)s of %(most)s are in use.") % {"used": used, "most": most}
    if most < FEWEST_CONNECTIONS or used > most * 0.8:
        return worth_a_look(name, told + " " + _("Raise max_connections in postgresql.conf."))
    return well(name, told)


def _clock(connection: Connection, at: datetime) -> Finding:
    name = _("clock")
    row = connection.execute("SELECT clock_timestamp()").fetchone()
    skew = abs((row[0] if row else at) - at)
    told = _("It differs from the database's by %(seconds).1f s.") % {
        "seconds": skew.total_seconds()
    }
    if skew > LARGEST_SKEW:
        return broken(name, told + " " + _("Let both machines keep time by NTP."))
    return well(name, told)


def _long_transactions(connection: Connection) -> Finding:
    name = _("long transactions")
    row = connection.execute(
        "SELECT pid, application_name, extract(epoch FROM now() - xact_start)::int"
        " FROM pg_stat_activity WHERE backend_xid IS NOT NULL"
        " AND xact_start < now() - make_interval(secs => %s) ORDER BY xact_start LIMIT 1",
        [LONGEST_TRANSACTION_SECONDS],
    ).fetchone()
    if row is None:
        return well(name, _("Nothing holds the journal back."))
    return worth_a_look(
        name,
        _(
            "Session %(pid)s (%(program)s) writes for %(seconds)s s already; readers of the "
            "journal wait for it. End it with: SELECT pg_terminate_backend(%(pid)s)"
        )
        % {"pid": row[0], "program": row[1], "seconds": row[2]},
    )
