"""The journal lasts: its partitions come ahead of the writers, and a restore loses nothing."""

from pathlib import Path

import psycopg
import pytest
from django.db import connection

from ambidesk.edge.commands.cluster import Cluster
from ambidesk.edge.commands.cluster.binaries import installed
from ambidesk.edge.commands.keeping.dumping import dump, make_roles, restore, roles
from ambidesk.ground.kernel import journal
from tests.ground.kernel.conftest import url_of
from tests.ground.kernel.happenings import write

MILLION = 1_000_000


def numbered(number: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT setval('journal_sequence', %s)", [number])


def home_of(thing: int) -> str:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tableoid::regclass::text FROM journal_entry WHERE subject_id = %s", [thing]
        )
        return str(cursor.fetchone()[0])


def test_a_fresh_journal_needs_no_further_partition(clone: str) -> None:
    assert journal.ensure_partitions() == []


def test_the_next_partition_is_made_before_it_is_needed(clone: str) -> None:
    numbered(11 * MILLION)
    assert journal.ensure_partitions() == ["journal_entry_2"]
    assert journal.ensure_partitions() == []
    numbered(20 * MILLION)
    write(1)
    assert home_of(1) == "journal_entry_2"


def test_entries_that_came_too_early_stay_and_are_read_in_order(clone: str) -> None:
    position = journal.head()
    numbered(34 * MILLION)
    write(1)
    assert home_of(1) == "journal_entry_rest"
    assert journal.ensure_partitions() == ["journal_entry_2", "journal_entry_4"]
    assert home_of(1) == "journal_entry_2"
    numbered(99 * MILLION)
    write(2)
    assert home_of(2) == "journal_entry_rest"
    assert [entry.subject_id for entry in journal.read_after(position)] == [1, 2]


def test_a_partition_made_later_cannot_be_rewritten_either(clone: str) -> None:
    numbered(34 * MILLION)
    write(1)
    journal.ensure_partitions()
    with (
        pytest.raises(psycopg.errors.RaiseException, match="append-only"),
        psycopg.connect(url_of(clone)) as session,
    ):
        session.execute("DELETE FROM journal_entry_2")


def test_after_a_restore_into_a_fresh_cluster_nothing_is_lost(
    clone: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(1, 2)
    position = journal.head()
    with psycopg.connect(url_of(clone), autocommit=True) as session:
        # The old cluster has seen many transactions; a fresh one counts them from a few hundred.
        session.execute(
            "DO $$ BEGIN FOR i IN 1..3000 LOOP PERFORM pg_current_xact_id(); COMMIT;"
            " END LOOP; END $$"
        )
    write(3)
    dump(url_of(clone), tmp_path / "dump", programs=installed())
    with Cluster.temporary() as fresh:
        fresh.create_database("restored", template="template0")
        make_roles(fresh.url("restored"), roles(url_of(clone)))
        restore(fresh.url("restored"), tmp_path / "dump", programs=installed())
        settings = psycopg.conninfo.conninfo_to_dict(fresh.url("restored"))
        connection.close()
        for ours, theirs in {
            "HOST": "host",
            "PORT": "port",
            "USER": "user",
            "NAME": "dbname",
        }.items():
            monkeypatch.setitem(connection.settings_dict, ours, settings[theirs])
        assert [entry.subject_id for entry in journal.read_after(position)] == []
        assert journal.raise_epoch() == 2
        write(4)
        assert [entry.subject_id for entry in journal.read_after(position)] == [3, 4]
        assert journal.head() > position
        connection.close()
        monkeypatch.undo()
