"""A backup is one whole file, and what is restored from it is the desk that was."""

import stat
import tarfile
from contextlib import suppress

import psycopg
import pytest
import zstandard

from ambidesk.edge.commands.cluster import Cluster
from ambidesk.edge.commands.keeping.serving import started
from tests.edge.commands.console import ambidesk, one_sentence


@pytest.fixture
def desk(open_directory):
    """A data directory with one row and one file."""
    place = open_directory / "desk"
    (place / "files" / "ab").mkdir(parents=True)
    (place / "files" / "ab" / "abcd").write_bytes(b"a drawing")
    with started(Cluster(place)) as url, psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE kept (word text)")
        connection.execute("INSERT INTO kept VALUES ('last')")
    return place


def test_a_backup_holds_database_files_secret_and_configuration(desk, open_directory):
    (desk / "ambidesk.toml").write_text('base_url = "https://desk.example.org"\n')
    file = open_directory / "desk.tar"
    done = ambidesk("backup", file, "--data", desk, "--json")
    assert done.returncode == 0, done.stderr
    with tarfile.open(file) as tar:
        names = set(tar.getnames())
    assert {"database.dump", "secret", "ambidesk.toml", "manifest.json", "files/ab/abcd"} <= names
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert (desk / "secret").read_text() not in done.stdout + done.stderr


def test_a_backup_is_compressed_by_its_name(desk, open_directory):
    file = open_directory / "desk.tar.zst"
    assert ambidesk("backup", file, "--data", desk).returncode == 0
    with file.open("rb") as raw, zstandard.ZstdDecompressor().stream_reader(raw) as plain:
        assert b"manifest.json" in plain.read(1024)


def test_a_backup_that_finds_no_space_leaves_no_file(desk, small_disk):
    with (small_disk / "ballast").open("wb", buffering=0) as ballast, suppress(OSError):
        while True:
            ballast.write(b"0" * 4096)
    said = one_sentence(ambidesk("backup", small_disk / "desk.tar", "--data", desk))
    assert "is full" in said
    assert [file.name for file in small_disk.iterdir()] == ["ballast"]


def test_a_file_that_is_no_backup_is_refused(open_directory):
    file = open_directory / "letter.tar"
    file.write_text("Dear desk")
    said = one_sentence(ambidesk("restore", file, "--data", open_directory / "new"))
    assert "is no backup of Ambidesk" in said


def test_a_damaged_backup_is_refused(desk, open_directory):
    file = open_directory / "desk.tar.zst"
    assert ambidesk("backup", file, "--data", desk).returncode == 0
    file.write_bytes(file.read_bytes()[:-2000])
    said = one_sentence(ambidesk("restore", file, "--data", open_directory / "new"))
    assert "damaged" in said


def test_a_backup_writes_nothing_outside_the_data_directory(open_directory):
    file = open_directory / "evil.tar"
    outside = open_directory / "outside"
    outside.write_text("untouched")
    with tarfile.open(file, "w") as tar:
        for name in ("../outside", "/etc/evil", "files/../../outside"):
            tar.addfile(tarfile.TarInfo(name))
    one_sentence(ambidesk("restore", file, "--data", open_directory / "new"))
    assert outside.read_text() == "untouched"


def test_a_backup_is_not_restored_over_a_desk(desk, open_directory):
    file = open_directory / "desk.tar"
    assert ambidesk("backup", file, "--data", desk).returncode == 0
    assert "already holds a desk" in one_sentence(ambidesk("restore", file, "--data", desk))
