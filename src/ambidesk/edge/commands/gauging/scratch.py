"""
A scratch desk: a database of its own, gone afterwards; the desk's own data are never touched.

It lies on the cluster of the running desk, else on an embedded one that is started for it.
"""

import os
import secrets
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import django
import psycopg
from psycopg import sql

from ambidesk.edge.commands.cluster import Cluster
from ambidesk.edge.commands.cluster.tuning import OWNERS
from ambidesk.edge.commands.gauging.figures import say
from ambidesk.edge.commands.opening import called
from ambidesk.edge.commands.place.config import read
from ambidesk.edge.commands.place.data import data_directory
from ambidesk.edge.commands.place.environment import database_url_of, environment
from ambidesk.edge.commands.speech import gettext as _
from ambidesk.edge.commands.trouble import Trouble

FILLED = """
    wal_level = minimal
    max_wal_senders = 0
    max_wal_size = 16GB
    checkpoint_timeout = 30min
"""


@contextmanager
def scratch(*, data: str | None, keep: Path | None, filled: bool = False) -> Iterator[str]:
    """
    Open a desk to measure in, with its tables made, and give the address of its database.

    With `keep` the cluster lies in that directory and stays, to be measured in again. One that is
    `filled` and then only read logs no more than it must: the filling is twice as fast.

    Raises:
        Trouble: there is no way to make a database.
    """
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with ExitStack() as kept:
        place = Path(kept.enter_context(tempfile.TemporaryDirectory(prefix="ambidesk-bench-")))
        url = _url(kept, place, data=data, keep=keep, filled=filled)
        config = read(place, {"database_url": url})
        os.environ.update(environment(place, config, database_url=url))
        os.environ["AMBIDESK_DATA"] = str(place)
        (place / "files").mkdir()
        (place / "log").mkdir(exist_ok=True)
        django.setup()
        say(_("Making the tables."))
        called("ambidesk.edge.commands.tables:migrate")()
        yield url


def _url(kept: ExitStack, place: Path, *, data: str | None, keep: Path | None, filled: bool) -> str:
    if keep is not None:
        return kept.enter_context(cluster_at(keep.absolute(), filled=filled))
    home = data_directory(data)
    try:
        running = database_url_of(home, read(home))
    except Trouble:
        say(_("No desk runs here: a database is started for the measurement."))
        return kept.enter_context(cluster_at(place / "cluster", filled=filled))
    say(_("Measuring on the database server of the running desk, in a database of its own."))
    return kept.enter_context(_database(running))


@contextmanager
def cluster_at(place: Path, *, filled: bool) -> Iterator[str]:
    """A cluster as a desk has it: a commit is on disk when it returns."""
    place.mkdir(parents=True, exist_ok=True)
    place.chmod(0o711)
    if place.parent.name.startswith("ambidesk-bench-"):
        place.parent.chmod(0o711)
    cluster = Cluster(place)
    cluster.initialise()
    if filled:
        (cluster.directory / OWNERS).write_text(FILLED)
    cluster.start()
    try:
        cluster.ready()
        cluster.create_database()
        yield cluster.url()
    finally:
        cluster.stop()


@contextmanager
def _database(url: str) -> Iterator[str]:
    name = f"ambidesk_bench_{secrets.token_hex(4)}"
    try:
        with psycopg.connect(url, autocommit=True) as connection:
            order = sql.SQL("CREATE DATABASE {} TEMPLATE template0")
            connection.execute(order.format(sql.Identifier(name)))
            own = connection.info.dbname
    except psycopg.Error as refused:
        raise Trouble(
            _("The measurement cannot make a database of its own: %(reason)s.")
            % {"reason": str(refused).strip()}
        ) from refused
    try:
        yield url.replace(f"/{own}?", f"/{name}?").removesuffix(f"/{own}") + (
            f"/{name}" if url.endswith(f"/{own}") else ""
        )
    finally:
        _leave()
        with psycopg.connect(url, autocommit=True) as connection:
            order = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
            connection.execute(order.format(sql.Identifier(name)))


def _leave() -> None:
    """Let go of the database before it goes: a signal that waits would complain of its end."""
    if "ambidesk.ground.kernel.signals" in sys.modules:
        called("ambidesk.ground.kernel.signals:close")()
