"""The data of an older PostgreSQL become those of the one that comes with Ambidesk."""

from pathlib import Path

import psycopg
import pytest

from ambidesk.edge.commands.cluster import Cluster
from ambidesk.edge.commands.cluster.binaries import Binaries
from ambidesk.edge.commands.keeping.serving import started
from tests.edge.commands.console import ambidesk, one_sentence

DEBIAN_15 = Binaries(directory=Path("/usr/lib/postgresql/15/bin"))


@pytest.fixture(autouse=True)
def new_programs(monkeypatch):
    """The server that comes along, also where the suite runs on another one."""
    monkeypatch.delenv("AMBIDESK_PG_BIN", raising=False)


@pytest.fixture
def old_place(open_directory):
    """A data directory that PostgreSQL 15 made."""
    with (
        started(Cluster(open_directory, programs=DEBIAN_15, for_tests=True)) as url,
        psycopg.connect(url) as connection,
    ):
        connection.execute("CREATE ROLE ambidesk_reader NOLOGIN")
        connection.execute("CREATE TABLE kept (word text)")
        connection.execute("GRANT SELECT ON kept TO ambidesk_reader")
        connection.execute("INSERT INTO kept VALUES ('Жук')")
    return open_directory


def test_an_upgrade_keeps_every_row_and_right(old_place):
    done = ambidesk("database", "upgrade", "--data", old_place)
    assert done.returncode == 0, done.stderr
    assert "postgres-15" in done.stdout
    with (
        started(Cluster(old_place, for_tests=True)) as url,
        psycopg.connect(url) as connection,
    ):
        connection.execute("SET ROLE ambidesk_reader")
        assert connection.execute("SELECT lower(word) FROM kept").fetchall() == [("жук",)]
        assert connection.info.server_version >= 180000


def test_an_upgrade_that_is_not_needed_changes_nothing(open_directory):
    Cluster(open_directory).initialise()
    done = ambidesk("database", "upgrade", "--data", open_directory)
    assert (done.returncode, "already" in done.stdout) == (0, True)


def test_missing_older_programs_are_asked_for(open_directory):
    own = Cluster(open_directory)
    own.initialise()
    (own.directory / "PG_VERSION").write_text("16\n")
    said = one_sentence(ambidesk("database", "upgrade", "--data", open_directory))
    assert "apt-get install postgresql-16" in said


def test_a_failed_upgrade_leaves_the_old_data_in_their_place(old_place):
    # A row that the new server refuses: the restore is all or nothing.
    with (
        started(Cluster(old_place, programs=DEBIAN_15, for_tests=True)) as url,
        psycopg.connect(url) as connection,
    ):
        connection.execute("CREATE TABLE odd AS SELECT 1 AS one")
        connection.execute("ALTER TABLE odd ADD CONSTRAINT kept_out CHECK (one = 2) NOT VALID")
        connection.execute("ALTER TABLE odd SET (autovacuum_enabled = false)")
        connection.execute("CREATE FUNCTION broken() RETURNS int LANGUAGE sql AS 'SELECT 1'")
        connection.execute("UPDATE pg_proc SET prosrc = 'SELECT no_such' WHERE proname = 'broken'")
        connection.execute("UPDATE pg_constraint SET convalidated = true WHERE conname='kept_out'")
    done = ambidesk("database", "upgrade", "--data", old_place)
    assert "pg_restore" in one_sentence(done)
    assert (old_place / "postgres" / "PG_VERSION").read_text() == "15\n"
