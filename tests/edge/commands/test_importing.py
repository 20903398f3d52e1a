"""`ambidesk import events` as a real process on a real desk: JSON for programs, sentences for people."""

import json
import subprocess
from pathlib import Path
from urllib.parse import urlencode

import psycopg
from psycopg.conninfo import conninfo_to_dict

from tests.clones import url_of
from tests.edge.commands.console import PROGRAM, ambidesk, environment, one_sentence
from tests.waiting import wait_for

MAPPING = """
source = "Old desk"
brand = "polka"
[columns]
ticket = "id"
time = "at"
state = "state"
"""
BRAND = """
    INSERT INTO brands_brand (name, slug, language, accent, signature, web, zone)
    VALUES ('Polka', 'polka', 'ru', '#3b5bdb', '', '', 'Europe/Moscow')
"""
TICKETS = 3000


def files(place: Path, tickets: int) -> tuple[Path, Path]:
    file, mapping = place / "old.csv", place / "map.toml"
    rows = [
        f"{number},2024-05-06T{hour:02}:00:00Z,{state}"
        for number in range(tickets)
        for hour, state in ((9, "new"), (10, "open"), (11, "solved"))
    ]
    file.write_text("\n".join(["id,at,state", *rows]), encoding="utf-8")
    mapping.write_text(MAPPING, encoding="utf-8")
    return file, mapping


def founded(clone: str) -> str:
    given = conninfo_to_dict(url_of(clone))
    query = urlencode(
        {name: given[name] for name in ("host", "port", "user", "password") if name in given}
    )
    url = f"postgresql:///{given['dbname']}?{query}"
    with psycopg.connect(url, autocommit=True) as session:
        session.execute(BRAND)
    return url


def tickets(url: str) -> int:
    with psycopg.connect(url, autocommit=True) as session:
        found = session.execute("SELECT count(*) FROM tickets_ticket").fetchone()
    return found[0] if found else 0


def test_a_killed_import_goes_on_and_the_counts_match(clone: str, tmp_path: Path) -> None:
    url = founded(clone)
    file, mapping = files(tmp_path, TICKETS)
    words = ["import", "events", str(file), "--mapping", str(mapping), "--data", str(tmp_path)]
    running = subprocess.Popen([*PROGRAM, *words], env=environment(DATABASE_URL=url))
    wait_for(lambda: tickets(url) > 0)
    running.kill()
    running.wait()
    assert tickets(url) < TICKETS
    done = ambidesk(*words, "--json", DATABASE_URL=url)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["reconciliation"]["agrees"]
    assert told["reconciliation"]["states"] == {"solved": {"file": TICKETS, "desk": TICKETS}}
    assert 0 < told["tickets"]["created"] < TICKETS
    assert tickets(url) == TICKETS


def test_a_dry_run_says_in_sentences_what_is_wrong(clone: str, tmp_path: Path) -> None:
    url = founded(clone)
    file, mapping = files(tmp_path, 2)
    file.write_text(file.read_text(encoding="utf-8").replace("1,2024-05-06T10", "1,noon"), "utf-8")
    done = ambidesk(
        "import", "events", file, "--mapping", mapping, "--dry-run", "--data", tmp_path,
        DATABASE_URL=url,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "1 new" in done.stdout
    assert "Line 6, ticket 1: “noon:00:00Z” is no time as the mapping says." in done.stdout
    assert tickets(url) == 0


def test_what_is_not_there_is_one_sentence(clone: str, tmp_path: Path) -> None:
    url = founded(clone)
    file, mapping = files(tmp_path, 1)
    gone = ["import", "events", tmp_path / "gone.csv", "--mapping", mapping, "--data", tmp_path]
    assert "gone.csv cannot be read" in one_sentence(ambidesk(*gone, DATABASE_URL=url))
    mapping.write_text("source = ", encoding="utf-8")
    wrong = ["import", "events", file, "--mapping", mapping, "--data", tmp_path]
    assert "The mapping is not TOML" in one_sentence(ambidesk(*wrong, DATABASE_URL=url))
