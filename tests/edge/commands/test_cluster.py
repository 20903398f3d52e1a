"""The embedded PostgreSQL: prepared, started, found again, and gone with its starter."""

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import psycopg
import pytest

from ambidesk.edge.commands.cluster import Cluster
from ambidesk.edge.commands.cluster.binaries import Binaries, installed
from ambidesk.edge.commands.cluster.letters import require_letters
from ambidesk.edge.commands.cluster.pidfile import running_on
from ambidesk.edge.commands.trouble import Trouble
from tests.edge.commands.processes import left_of
from tests.waiting import wait_for

DEBIAN_15 = Path("/usr/lib/postgresql/15/bin")


@pytest.fixture(scope="module")
def cluster():
    with Cluster.temporary() as running:
        yield running


@pytest.fixture
def own(open_directory):
    made = Cluster(open_directory, for_tests=True)
    yield made
    made.stop()


def started(cluster):
    cluster.initialise()
    cluster.start()
    cluster.ready()


def one(url, question):
    with psycopg.connect(url) as connection:
        return connection.execute(question).fetchone()[0]


def test_a_database_is_made_once_and_knows_cyrillic_letters(cluster):
    cluster.create_database("letters")
    cluster.create_database("letters")
    assert one(cluster.url("letters"), "SELECT lower('ЖУК') || upper('ёж')") == "жукЁЖ"


def test_russian_words_are_found_by_stem_and_by_likeness(cluster):
    cluster.create_database("words")
    with psycopg.connect(cluster.url("words")) as connection:
        connection.execute("CREATE EXTENSION pg_trgm")
        row = connection.execute(
            "SELECT to_tsvector('russian', 'Насосы СТОЯТ') @@ to_tsquery('russian', 'насос'),"
            " 'НАСОС' ILIKE 'насос', similarity('насос', 'насосы') > 0.5"
        ).fetchone()
    assert row == (True, True, True)


def test_the_server_listens_on_no_network(cluster):
    assert one(cluster.url("postgres"), "SHOW listen_addresses") == ""


def test_the_server_does_not_run_as_root(cluster):
    assert Path(f"/proc/{cluster.process.pid}").stat().st_uid != 0


def test_a_database_without_cyrillic_letters_is_refused_with_a_sentence(cluster):
    with psycopg.connect(cluster.url("postgres"), autocommit=True) as connection:
        connection.execute(
            "CREATE DATABASE plain TEMPLATE template0 LOCALE_PROVIDER libc LOCALE 'C'"
        )
    with (
        psycopg.connect(cluster.url("plain")) as connection,
        pytest.raises(Trouble, match=r"Cyrillic.*CREATE DATABASE"),
    ):
        require_letters(connection, "plain")


def test_what_was_committed_is_there_after_a_stop_and_a_start(own):
    started(own)
    with psycopg.connect(own.url("postgres")) as connection:
        connection.execute("CREATE TABLE kept (word text)")
        connection.execute("INSERT INTO kept VALUES ('here')")
    own.stop()
    started(own)
    assert one(own.url("postgres"), "SELECT word FROM kept") == "here"


def test_a_killed_server_starts_again_though_its_pid_file_stayed(own):
    started(own)
    own.process.kill()
    own.process.wait()
    assert (own.directory / "postmaster.pid").exists()
    assert running_on(own.directory) is None
    started(own)
    assert one(own.url("postgres"), "SELECT 1") == 1


def test_a_server_waits_for_those_that_a_killed_one_left_at_work(own):
    started(own)
    child = max(left_of(own.directory, but=own.process.pid))
    os.kill(child, signal.SIGSTOP)
    own.process.kill()
    own.process.wait()
    # It comes to see a moment later that its server is gone, as on a busy machine.
    seeing = threading.Timer(1.0, os.kill, (child, signal.SIGCONT))
    seeing.start()
    started(own)
    seeing.join()
    assert one(own.url("postgres"), "SELECT 1") == 1


def test_a_pid_file_that_names_a_stranger_is_stale(own):
    started(own)
    own.stop()
    (own.directory / "postmaster.pid").write_text(f"{os.getpid()}\n{own.directory}\n")
    started(own)
    assert one(own.url("postgres"), "SELECT 1") == 1


def test_a_server_under_a_directory_closed_to_its_user_works(open_directory):
    closed = open_directory / "closed"
    closed.mkdir(mode=0o700)
    own = Cluster(closed / "data", for_tests=True)
    started(own)
    try:
        assert one(own.url("postgres"), "SELECT 1") == 1
    finally:
        own.stop()


def test_a_very_long_path_works(open_directory):
    own = Cluster(open_directory / ("d" * 120), for_tests=True)
    started(own)
    try:
        assert one(own.url("postgres"), "SELECT 1") == 1
    finally:
        own.stop()


def test_data_of_another_major_version_are_refused_with_the_command_to_run(own):
    own.initialise()
    (own.directory / "PG_VERSION").write_text("14\n")
    with pytest.raises(Trouble, match="ambidesk database upgrade --data"):
        own.initialise()


def test_a_server_that_cannot_start_says_why_in_one_sentence(own):
    own.initialise()
    (own.directory / "local.conf").write_text("no_such_setting = 1\n")
    own.start()
    with pytest.raises(Trouble, match="does not start") as raised:
        own.ready()
    assert "\n" not in raised.value.sentence
    assert "log/postgres.log" in raised.value.sentence


def test_a_full_disk_while_preparing_is_one_sentence(small_disk):
    with pytest.raises(Trouble, match=r"is full[.] Free some space"):
        Cluster(small_disk).initialise()
    assert not (small_disk / "postgres").exists()


def test_a_directory_without_programs_is_refused(monkeypatch, tmp_path):
    monkeypatch.setenv("AMBIDESK_PG_BIN", str(tmp_path))
    with pytest.raises(Trouble, match="no program postgres"):
        installed()


def test_nothing_remains_when_the_starter_is_killed(open_directory):
    script = (
        "import sys, time; from pathlib import Path\n"
        "from ambidesk.edge.commands.cluster import Cluster\n"
        "c = Cluster(Path(sys.argv[1]), for_tests=True); c.initialise(); c.start(); c.ready()\n"
        "print('ready', flush=True); time.sleep(600)"
    )
    starter = subprocess.Popen(
        [sys.executable, "-c", script, str(open_directory)], stdout=subprocess.PIPE
    )
    assert starter.stdout.readline() == b"ready\n"
    assert left_of(open_directory, but=starter.pid)
    starter.send_signal(signal.SIGKILL)
    starter.wait()
    wait_for(lambda: not left_of(open_directory))


def test_the_programs_of_postgresql_15_serve_as_well():
    with Cluster.temporary(programs=Binaries(directory=DEBIAN_15)) as cluster:
        assert one(cluster.url("postgres"), "SELECT lower('Ж')") == "ж"
