"""
A scratch schema: the tables of search for one measurement, gone afterwards.

It lies in the database of the running desk, else on an embedded one that is started for it.
"""

import os
import secrets
import signal
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from importlib import import_module
from pathlib import Path
from urllib.parse import quote

import django
import psycopg
from psycopg import sql

from ambidesk.edge.commands.gauging.scratch import cluster_at
from ambidesk.edge.commands.place.config import read
from ambidesk.edge.commands.place.data import data_directory
from ambidesk.edge.commands.place.environment import database_url_of, environment
from ambidesk.edge.commands.starting.database import require_database
from ambidesk.edge.commands.trouble import Trouble

TABLES = tuple(
    f"ambidesk.ground.search.migrations.{name}"
    for name in (
        "0002_pages",
        "0003_meanings",
        "0004_synonyms_have_keys",
        "0005_postings_stand_alone",
    )
)


@contextmanager
def scratch_schema(*, data: str | None) -> Iterator[None]:
    """
    Wake Django with the tables of pages in a schema of their own.

    Raises:
        Trouble: there is no database and none can be started.
    """
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with ExitStack() as kept:
        place = Path(kept.enter_context(tempfile.TemporaryDirectory(prefix="ambidesk-bench-")))
        url = _url(kept, place, data)
        name = kept.enter_context(_schema(url))
        own = f"{url}{'&' if '?' in url else '?'}options={quote(_session(name))}"
        config = read(place, {"database_url": own})
        os.environ.update(environment(place, config, database_url=own))
        os.environ["AMBIDESK_DATA"] = str(place)
        django.setup()
        yield


def _url(kept: ExitStack, place: Path, data: str | None) -> str:
    home = data_directory(data)
    try:
        url = database_url_of(home, read(home))
    except Trouble:
        return kept.enter_context(cluster_at(place / "cluster", filled=False))
    require_database(url)
    return url


def _session(schema: str) -> str:
    """Sessions see the own tables first; what the desk has stays unseen behind them."""
    return f"-c search_path={schema},public -c timezone=UTC"


@contextmanager
def _schema(url: str) -> Iterator[str]:
    name = f"ambidesk_scratch_{secrets.token_hex(4)}"
    known = sql.Identifier(name)
    try:
        with psycopg.connect(url) as connection:
            connection.execute("CREATE EXTENSION IF NOT EXISTS pg_trgm")
            connection.execute(sql.SQL("CREATE SCHEMA {}").format(known))
            connection.execute(sql.SQL("SET LOCAL search_path TO {}, public").format(known))
            for each in TABLES:
                connection.execute(import_module(each).FORWARD)
    except psycopg.Error as refused:
        raise Trouble(str(refused).strip()) from refused
    try:
        yield name
    finally:
        with psycopg.connect(url) as connection:
            connection.execute(sql.SQL("DROP SCHEMA {} CASCADE").format(known))
