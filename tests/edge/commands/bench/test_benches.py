"""Benches, small: each gives figures in the agreed form, on a desk that is whole."""

import json

import psycopg
import pytest

from ambidesk.edge.commands.cluster import Cluster
from tests.edge.commands.console import ambidesk, one_sentence
from tests.waiting import PATIENCE_SECONDS

pytestmark = pytest.mark.fault
TICKETS = 3_000
# Each foreign key of the schema as a question for rows that point nowhere.
KEYS = """
    SELECT conname, format(
        'SELECT count(*) FROM %s child WHERE child.%I IS NOT NULL'
        ' AND NOT EXISTS (SELECT FROM %s parent WHERE parent.%I = child.%I)',
        conrelid::regclass, own.attname, confrelid::regclass, other.attname, own.attname)
      FROM pg_constraint
      JOIN pg_attribute own ON own.attrelid = conrelid AND own.attnum = conkey[1]
      JOIN pg_attribute other ON other.attrelid = confrelid AND other.attnum = confkey[1]
     WHERE contype = 'f' AND cardinality(conkey) = 1
"""


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    place = tmp_path_factory.mktemp("kept")
    place.chmod(0o711)
    return place / "cluster"


def measured(name, *options):
    done = ambidesk("bench", name, "--json", "--data", "/nonexistent", *options, seconds=600)
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert answer["bench"] == name
    assert {"cores", "memory_gib", "postgresql"} <= set(answer["machine"])
    for figure in answer["figures"]:
        assert set(figure) == {"name", "value", "unit", "goal", "limit"}
    return answer["figures"]


@pytest.mark.parametrize("name", ["list", "ticket", "search"])
def test_pages_are_measured_in_the_server(name, kept):
    figures = measured(name, "--tickets", TICKETS, "--keep", kept)
    whole = [figure for figure in figures if figure["unit"] == "reads"]
    assert all(figure["value"] > 0 for figure in figures if figure not in whole)
    assert any(figure["goal"] for figure in figures)
    assert whole
    assert [figure for figure in whole if figure["value"]] == []


def test_a_generated_desk_is_whole(kept):
    measured("list", "--tickets", TICKETS, "--keep", kept)
    cluster = Cluster(kept)
    cluster.start()
    try:
        cluster.ready()
        with psycopg.connect(cluster.url()) as session:
            questions = session.execute(KEYS).fetchall()
            lost = [name for name, sql in questions if session.execute(sql).fetchone() != (0,)]
            assert len(questions) > 30
            assert lost == []
            indexes = session.execute(
                "SELECT count(*) FROM pg_indexes WHERE indexname = 'ticket_latest'"
            )
            assert indexes.fetchone() == (1,)
            numbers = session.execute("SELECT count(*), max(id) FROM tickets_ticket").fetchone()
            assert numbers == (TICKETS, TICKETS)
            open_rows = session.execute(
                "SELECT count(*) FROM tickets_ticket WHERE state <> 'closed' AND closed_at IS NOT NULL"
            )
            assert open_rows.fetchone() == (0,)
    finally:
        cluster.stop()


def test_the_journal_is_written_by_several_at_once():
    figures = {each["name"]: each for each in measured("journal", "--clients", 2, "--seconds", 1)}
    written = figures["entries written by 2 clients, each committed"]
    # Each is measured for a second of its own: which of the two was busier, nobody knows.
    assert min(written["value"], written["limit"]) > 0


def test_mails_are_handed_in_and_become_tickets():
    figures = {each["name"]: each for each in measured("intake", "--clients", 2, "--seconds", 2)}
    assert figures["acknowledged"]["value"] > 0
    assert figures["taken in by 2 workers while more wait"]["value"] > 0


def test_a_change_is_heard_on_every_screen():
    patience = int(PATIENCE_SECONDS)
    small = ("--clients", 30, "--tickets", 200, "--seconds", patience)
    figures = {each["name"]: each for each in measured("realtime", *small)}
    assert figures[f"hints that did not come within {patience} s"]["value"] == 0


def test_an_unknown_measurement_is_told_by_name():
    assert "journal" in one_sentence(ambidesk("bench", "everything"))
