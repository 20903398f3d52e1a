"""A whole desk: it opens, it stops, and it leaves nothing behind however it ends."""

import http.client
import os
import signal
import smtplib
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

from ambidesk.edge.commands.cluster import Cluster
from tests.edge.commands.console import ambidesk, one_sentence, start
from tests.edge.commands.processes import left_of
from tests.ports import free_port
from tests.waiting import PATIENCE_SECONDS, wait_for

pytestmark = pytest.mark.fault


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    running = start(tmp_path_factory.mktemp("desk") / "data")
    yield running
    running.stop()


@pytest.fixture
def own(open_directory):
    running = start(open_directory / "desk")
    yield running
    running.stop(signal.SIGKILL)


def status(url, path="/health/live"):
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.hostname, parts.port, timeout=PATIENCE_SECONDS)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    except OSError:
        return None
    finally:
        connection.close()


def parts_of(desk, word):
    """The processes of one part of the desk, by a word of their command line."""
    return [pid for pid in left_of(desk.place) if word in _command_line(pid)]


def _command_line(pid):
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().decode().split("\0")
    except (FileNotFoundError, ProcessLookupError):
        # It ended between being found and being read, or between being opened and being read.
        return []


def first_of(pids):
    """The one that started the others; numbers begin anew after the last, the least is not it."""
    states = {pid: Path(f"/proc/{pid}/status").read_text() for pid in pids}
    (found,) = [
        pid for pid in pids if int(states[pid].split("\nPPid:\t")[1].split()[0]) not in pids
    ]
    return found


def test_the_address_answers_and_mail_is_greeted(desk):
    assert status(desk.url) == 200
    host, port = desk.smtp.split(":")
    with smtplib.SMTP(host, int(port), timeout=PATIENCE_SECONDS) as line:
        assert line.noop()[0] == 250


def test_nobody_but_the_holder_of_the_link_becomes_the_first_administrator(desk):
    assert desk.first_administrator.startswith(desk.url + "welcome/")
    assert status(desk.url, urlsplit(desk.first_administrator).path) == 200
    assert status(desk.url, "/welcome/guessed/") in {404, 409}


def test_a_second_desk_on_the_same_data_is_refused_by_name_of_the_first(desk):
    ports = ["--port", free_port(), "--smtp-port", free_port()]
    said = one_sentence(ambidesk("up", "--data", desk.place, *ports))
    assert f"(process {desk.process.pid})" in said


def test_commands_find_the_running_desk(desk):
    added = ambidesk("user", "add", "anna@example.org", "--json", "--data", desk.place)
    assert added.returncode == 0, added.stderr
    shown = ambidesk("manage", "--data", desk.place, "showmigrations", "reach")
    assert "[X] 0001_initial" in shown.stdout


def test_the_doctor_finds_a_running_desk_well(desk):
    done = ambidesk("doctor", "--json", "--data", desk.place)
    assert '"fail"' not in done.stdout, done.stdout
    assert done.returncode == 0


def test_the_supervisor_itself_is_small(desk):
    maps = Path(f"/proc/{desk.process.pid}/maps").read_text()
    assert "/django/" not in maps
    rollup = Path(f"/proc/{desk.process.pid}/smaps_rollup").read_text()
    pss = next(line for line in rollup.splitlines() if line.startswith("Pss:"))
    assert int(pss.split()[1]) < 40 * 1024


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_a_stopped_desk_leaves_no_process(own, sign):
    assert own.stop(sign) == 0
    assert left_of(own.place) == []
    assert not (own.place / "postgres" / "postmaster.pid").exists()


def test_a_killed_supervisor_leaves_no_process(own):
    own.stop(signal.SIGKILL)
    wait_for(lambda: not left_of(own.place))


def test_a_desk_starts_again_at_once_after_its_supervisor_was_killed(own):
    own.stop(signal.SIGKILL)
    again = start(own.place)
    try:
        assert status(again.url) == 200
    finally:
        again.stop()


@pytest.mark.parametrize("word", ["web", "worker", "smtp"])
def test_a_killed_part_comes_back(desk, word):
    before = parts_of(desk, word)
    os.kill(first_of(before), signal.SIGKILL)
    wait_for(lambda: (now := parts_of(desk, word)) and not set(now) & set(before))
    wait_for(lambda: status(desk.url) == 200)


def test_a_killed_database_comes_back_with_what_was_committed(desk):
    cluster = Cluster(desk.place)
    with psycopg.connect(cluster.url()) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 'here' AS word")
    pid = int((cluster.directory / "postmaster.pid").read_text().splitlines()[0])
    os.kill(pid, signal.SIGKILL)
    wait_for(cluster.answers)
    with psycopg.connect(cluster.url()) as connection:
        assert connection.execute("SELECT word FROM kept").fetchone() == ("here",)
    wait_for(lambda: status(desk.url, "/health/ready") == 200)


def test_what_is_restored_from_a_backup_is_the_desk_that_was(own, open_directory):
    ambidesk("user", "add", "boris@example.org", "--data", own.place)
    file = open_directory / "desk.tar.zst"
    made = ambidesk("backup", file, "--data", own.place)
    assert made.returncode == 0, made.stderr
    restored = ambidesk("restore", file, "--data", open_directory / "new")
    assert restored.returncode == 0, restored.stderr
    new = start(open_directory / "new")
    try:
        with psycopg.connect(Cluster(new.place).url()) as connection:
            users = connection.execute("SELECT email FROM reach_user").fetchall()
            epoch = connection.execute("SELECT epoch FROM journal_epoch").fetchone()
    finally:
        new.stop()
    assert users == [("boris@example.org",)]
    assert epoch == (2,)


def test_a_desk_on_a_database_of_the_owner(open_directory):
    with Cluster.temporary() as cluster:
        cluster.create_database("theirs")
        running = start(open_directory / "desk", DATABASE_URL=cluster.url("theirs"))
        try:
            assert status(running.url) == 200
            assert not (running.place / "postgres").exists()
        finally:
            running.stop()
