"""PostgreSQL's own dump and restore of one database, with the roles that its rights name."""

import subprocess
from pathlib import Path

import psycopg
from psycopg import sql

from ambidesk.edge.commands.cluster.binaries import Binaries
from ambidesk.edge.commands.cluster.complaints import full_disk
from ambidesk.edge.commands.speech import gettext as _
from ambidesk.edge.commands.trouble import Trouble

OUR_ROLES = "ambidesk%"


def dump(url: str, target: Path, *, programs: Binaries) -> None:
    """
    Write the database into a file of pg_dump's custom format, as of one instant.

    Raises:
        Trouble: pg_dump failed.
    """
    options = ["--format=custom", "--compress=0", "--no-owner", f"--file={target}"]
    _run([programs.program("pg_dump"), *options, f"--dbname={url}"], place=target.parent)


def restore(url: str, source: Path, *, programs: Binaries) -> None:
    """
    Read a dump into an empty database, all of it or nothing.

    Raises:
        Trouble: pg_restore failed.
    """
    options = ["--no-owner", "--exit-on-error", "--single-transaction", f"--dbname={url}"]
    _run([programs.program("pg_restore"), *options, str(source)], place=source.parent)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("ANALYZE")


def roles(url: str) -> list[str]:
    """Name the roles of ours that grants and policies may name."""
    with psycopg.connect(url) as connection:
        asked = "SELECT rolname FROM pg_roles WHERE rolname LIKE %s AND NOT rolcanlogin"
        return [str(name) for (name,) in connection.execute(asked, [OUR_ROLES]).fetchall()]


def make_roles(url: str, names: list[str]) -> None:
    """Make the roles that are missing; none of them may sign in."""
    there = set(roles(url))
    with psycopg.connect(url, autocommit=True) as connection:
        for name in names:
            if name not in there:
                connection.execute(sql.SQL("CREATE ROLE {} NOLOGIN").format(sql.Identifier(name)))


def is_empty(url: str) -> bool:
    """Tell whether the database has no tables."""
    asked = "SELECT NOT EXISTS (SELECT 1 FROM pg_tables WHERE schemaname = 'public')"
    with psycopg.connect(url) as connection:
        row = connection.execute(asked).fetchone()
    return bool(row and row[0])


def _run(command: list[str], *, place: Path) -> None:
    if not Path(command[0]).exists():
        raise Trouble(
            _("There is no program %(name)s. Set AMBIDESK_PG_BIN to a complete PostgreSQL.")
            % {"name": command[0]}
        )
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if not done.returncode:
        return
    said = done.stderr.strip()
    if "No space left on device" in said:
        raise full_disk(place)
    raise Trouble(
        _("%(program)s failed: %(reason)s")
        % {"program": Path(command[0]).name, "reason": said.splitlines()[-1] if said else "?"}
    )
