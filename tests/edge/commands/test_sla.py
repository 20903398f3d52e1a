"""`ambidesk sla due` and `between` as processes: what they answer and what they say of mistakes."""

import json
from datetime import datetime

import pytest

from tests.edge.commands.console import ambidesk
from tests.ground.calendars.calendars import russian


@pytest.fixture
def calendar(tmp_path):
    file = tmp_path / "calendar.json"
    file.write_text(json.dumps(russian(exceptions=[{"date": "2026-05-08", "hours": []}]), indent=1))
    return file


def test_due_says_when_and_why(calendar):
    said = ambidesk(
        "sla", "due", "--calendar", calendar, "--start", "2026-05-07T17:00+03:00", "--work", "PT2H",
        "--json",
    )  # fmt: skip
    answer = json.loads(said.stdout)
    assert set(answer) == {"due", "explanation"}
    assert answer["due"] == "2026-05-12T10:00:00+03:00"
    assert datetime.fromisoformat(answer["due"]).utcoffset() is not None
    assert any("Victory Day" in words for words in answer["explanation"])


def test_between_says_the_seconds_of_work(calendar):
    said = ambidesk(
        "sla", "between", "--calendar", calendar, "--start", "2026-05-07T06:00Z",
        "--end", "2026-05-12T07:00Z", "--json",
    )  # fmt: skip
    assert json.loads(said.stdout) == {"working_seconds": 9 * 3600}


def test_a_russian_console_is_told_russian_holidays(calendar):
    said = ambidesk(
        "sla", "due", "--calendar", calendar, "--start", "2026-05-07T17:00+03:00", "--work", "PT2H",
        LANG="ru_RU.UTF-8",
    )  # fmt: skip
    assert "День Победы" in said.stdout


@pytest.mark.parametrize(
    "change, asked, words",
    [
        ({"zone": "Nowhere"}, {}, "zone, line 2"),
        ({"hours": {}}, {}, "no working time"),
        ({}, {"--start": "2026-05-07T17:00"}, "does not say its zone"),
        ({}, {"--start": "yesterday"}, "is no instant"),
        ({}, {"--work": "8 hours"}, "is no duration"),
        ({}, {"--work": "P1M"}, "differ in length"),
    ],
)
def test_a_mistake_is_one_sentence_and_code_two(tmp_path, change, asked, words):
    file = tmp_path / "calendar.json"
    file.write_text(json.dumps(russian() | change, indent=1))
    options = {"--calendar": file, "--start": "2026-05-07T17:00Z", "--work": "PT2H"} | asked
    flat = [word for pair in options.items() for word in pair]
    said = ambidesk("sla", "due", *flat, "--json")
    assert (said.returncode, said.stdout) == (2, "")
    assert words in said.stderr
    assert len(said.stderr.splitlines()) == 1


def test_a_file_that_is_not_there_and_one_that_is_no_text_are_said(tmp_path):
    binary = tmp_path / "binary.json"
    binary.write_bytes(b"\xff\xfe\x00")
    for file, words in ((tmp_path / "none.json", "cannot be read"), (binary, "no text in UTF-8")):
        said = ambidesk(
            "sla", "between", "--calendar", file, "--start", "2026-05-07T06:00Z",
            "--end", "2026-05-07T07:00Z",
        )  # fmt: skip
        assert (said.returncode, words in said.stderr) == (2, True)


def test_an_end_before_the_start_is_refused(calendar):
    said = ambidesk(
        "sla", "between", "--calendar", calendar, "--start", "2026-05-07T08:00Z",
        "--end", "2026-05-07T07:00Z",
    )  # fmt: skip
    assert (said.returncode, said.stderr.strip()) == (2, "The end comes before the start.")
