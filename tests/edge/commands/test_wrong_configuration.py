"""A wrong configuration is one clear sentence that says what to do, never a traceback."""

import re
import socket

import psycopg
import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from ambidesk.edge.commands.cluster import Cluster
from tests.catalogues import compile_russian
from tests.edge.commands.console import ambidesk, one_sentence
from tests.ports import free_port
from tests.waiting import PATIENCE_SECONDS


@pytest.fixture
def ports():
    return ["--port", free_port(), "--smtp-port", free_port()]


@pytest.fixture
def up(open_directory, ports):
    def run(*words, **more):
        return ambidesk("up", "--data", open_directory / "desk", *ports, *words, **more)

    return run


@pytest.fixture(scope="module")
def server():
    with Cluster.temporary() as cluster:
        yield cluster


@pytest.mark.parametrize("url", ["mysql://host/desk", "host:5432/desk", "postgresql://host:port/d"])
def test_an_address_that_is_no_postgresql(up, url):
    said = one_sentence(up(DATABASE_URL=url))
    assert "DATABASE_URL is no address of a PostgreSQL" in said
    assert "postgresql://user:password@host:5432/ambidesk" in said


def test_a_database_that_cannot_be_reached(up):
    said = one_sentence(up(DATABASE_URL=f"postgresql://u:hidden@127.0.0.1:{free_port()}/desk"))
    assert "cannot be reached" in said
    assert "Check the address in DATABASE_URL" in said
    assert "hidden" not in said


def test_a_host_that_does_not_exist(up):
    said = one_sentence(up(DATABASE_URL="postgresql://desk@no.such.host.invalid/desk"))
    assert "no.such.host.invalid" in said


def test_a_database_that_does_not_exist(up, server):
    said = one_sentence(up(DATABASE_URL=server.url("nowhere")))
    assert "no such database" in said
    assert "CREATE DATABASE" in said


def test_a_user_that_the_database_refuses(up, server):
    said = one_sentence(up(DATABASE_URL=server.url("postgres").replace("ambidesk@", "stranger@")))
    assert "refuses the user or the password" in said


def test_a_wrong_password(up, open_directory):
    own = Cluster(open_directory / "other", for_tests=True)
    own.initialise()
    port = free_port()
    (own.directory / "local.conf").write_text("password_encryption = 'scram-sha-256'\n")
    own.start()
    own.ready()
    try:
        with psycopg.connect(own.url("postgres"), autocommit=True) as connection:
            connection.execute("CREATE ROLE desk LOGIN PASSWORD 'right'")
        (own.directory / "pg_hba.conf").write_text("local all all scram-sha-256\n")
        own.process.send_signal(1)
        url = own.url("postgres").replace("ambidesk@", "desk:wrong-one@")
        said = one_sentence(up(DATABASE_URL=url))
    finally:
        own.stop()
    assert "refuses the user or the password" in said
    assert "wrong-one" not in said
    assert port


def test_a_database_without_cyrillic_letters(up, server):
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        connection.execute(
            "CREATE DATABASE ascii TEMPLATE template0 LOCALE_PROVIDER libc LOCALE 'C'"
        )
    assert "does not know Cyrillic letters" in one_sentence(up(DATABASE_URL=server.url("ascii")))


@pytest.mark.parametrize("option", ["--port", "--smtp-port"])
def test_a_busy_port(up, option):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        said = one_sentence(up(option, port))
    assert f"The port {port} on 127.0.0.1 is busy" in said
    assert option in said


def test_an_address_of_another_machine(up):
    assert "Give an address of this machine" in one_sentence(up("--host", "203.0.113.7"))


def test_a_relay_that_cannot_be_reached(up):
    said = one_sentence(up(AMBIDESK_SMTP_RELAY=f"smtp://127.0.0.1:{free_port()}"))
    assert "mail relay" in said
    assert "cannot be reached" in said


def test_an_address_that_is_no_relay(up):
    said = one_sentence(up(AMBIDESK_SMTP_RELAY="mail.example.org"))
    assert "smtp://user:password@mail.example.org:587" in said


def test_a_relay_that_refuses_the_password(up):
    def refuse(*_):
        return AuthResult(success=False, handled=False)

    relay = Controller(
        object(),
        hostname="127.0.0.1",
        port=free_port(),
        authenticator=refuse,
        auth_require_tls=False,
        ready_timeout=PATIENCE_SECONDS,
    )
    relay.start()
    try:
        said = one_sentence(up(AMBIDESK_SMTP_RELAY=f"smtp://a:hidden@127.0.0.1:{relay.port}"))
    finally:
        relay.stop()
    assert "refuses the user or the password" in said
    assert "hidden" not in said


def test_a_directory_that_cannot_be_written(ports):
    said = one_sentence(ambidesk("up", "--data", "/proc/desk", *ports))
    assert "cannot be written" in said
    assert "--data" in said


def test_a_file_where_the_directory_should_be(tmp_path, ports):
    (tmp_path / "file").write_text("")
    assert "cannot be written" in one_sentence(ambidesk("up", "--data", tmp_path / "file", *ports))


def test_a_full_disk(small_disk, ports):
    said = one_sentence(ambidesk("up", "--data", small_disk, *ports))
    assert "is full. Free some space" in said


def test_an_old_data_directory(open_directory, up):
    own = Cluster(open_directory / "desk", for_tests=True)
    own.initialise()
    (own.directory / "PG_VERSION").write_text("13\n")
    assert "ambidesk database upgrade --data" in one_sentence(up())


def test_an_unknown_setting(open_directory, up):
    (open_directory / "desk").mkdir()
    (open_directory / "desk" / "ambidesk.toml").write_text("prot = 8000\n")
    assert re.search(r"unknown setting prot.*port", one_sentence(up()))


def test_a_configuration_that_is_no_toml(open_directory, up):
    (open_directory / "desk").mkdir()
    (open_directory / "desk" / "ambidesk.toml").write_text("port: 8000")
    assert "cannot be read" in one_sentence(up())


def test_a_port_that_is_none(up):
    assert "between 1 and 65535" in one_sentence(up(AMBIDESK_PORT="70000"))
    assert "must be a number" in one_sentence(up(AMBIDESK_PORT="http"))


def test_a_time_zone_that_is_none(up):
    assert "such as Europe/Moscow" in one_sentence(up(AMBIDESK_TIME_ZONE="Moscow"))
    assert "such as Europe/Moscow" in one_sentence(up(AMBIDESK_TIME_ZONE="../../etc/passwd"))


def test_the_sentence_is_russian_on_a_russian_console(up, catalogue_of_russian):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        done = up("--port", taken.getsockname()[1], LANG="ru_RU.UTF-8")
    assert "занят" in one_sentence(done)


@pytest.fixture(scope="module")
def catalogue_of_russian():
    compile_russian()


@pytest.mark.parametrize("command", ["doctor", "backup", "restore"])
def test_other_commands_have_sentences_too(open_directory, command):
    words = {"doctor": [], "backup": ["/proc/b.tar"], "restore": ["/no/such.tar"]}[command]
    done = ambidesk(command, *words, "--data", open_directory / "desk")
    assert "Traceback" not in done.stderr + done.stdout
    assert done.returncode in {1, 2}
