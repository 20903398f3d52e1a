"""`ambidesk people evaluate-matching` as a process: what it measures and what it says of bad rows."""

import json

from tests.edge.commands.console import ambidesk, one_sentence

RECORDS = """rec_id, given_name, surname, date of birth, E-Mail, Phone, Telegram ID, colour
1, Александр, Кузнецов, 1980-02-03, a.kuznetsov@example.org, +7 916 123-45-67, , red
2, Sasha, Kuznetsov, 03.02.1980, a.kuznetsov@example.org, , , green
3, Мария, Кузнецова, 1984-01-01, , 8 (916) 123-45-67, , blue
4, Robert, Miles, 1970-12-01, robert.miles@example.com, , @bobby, red
5, Bob, Miles, , , , bobby, red
, Nobody, Nowhere, , , , , red
5, Bob, Again, , , , , red
6, Anna, Smith, 1990-01-01, , , , red, surplus
7, Olga
"""
TRUTH = "left,right\n1,2\n4,5\n5,4\n4,99\n1,1\n"


def _measured(tmp_path, records, truth, *words):
    (tmp_path / "records.csv").write_text(records)
    (tmp_path / "truth.csv").write_text(truth)
    return ambidesk(
        "people", "evaluate-matching", "--records", tmp_path / "records.csv",
        "--truth", tmp_path / "truth.csv", *words,
    )  # fmt: skip


def test_both_tiers_are_measured(tmp_path):
    answer = json.loads(_measured(tmp_path, RECORDS, TRUTH, "--json").stdout)
    assert answer["automatic"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0}
    assert answer["proposed"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0}
    assert answer["records"] == 6
    assert answer["pairs"] == 2


def test_rows_that_are_no_use_are_named_with_their_line(tmp_path):
    said = _measured(tmp_path, RECORDS, TRUTH, "--json")
    bad = json.loads(said.stdout)["bad_rows"]
    assert [row["line"] for row in bad["records"]] == [7, 8, 9]
    assert [row["line"] for row in bad["truth"]] == [5, 6]
    assert "records.csv, line 7" in said.stderr


def test_two_sources_in_one_file_and_missing_columns_are_no_matter(tmp_path):
    records = (
        "REC_ID;Full Name;source\nrec-1-a;Иванов Пётр Сергеевич;shop\nrec-1-b;Petr Ivanov;desk\n"
    )
    said = _measured(tmp_path, records, "rec-1-a;rec-1-b\n", "--json")
    answer = json.loads(said.stdout)
    assert answer["pairs"] == 1
    assert answer["proposed"]["precision"] == 1.0


def test_without_json_the_figures_are_told(tmp_path):
    said = _measured(tmp_path, RECORDS, TRUTH)
    assert "Automatic: precision 1.0000, recall 1.0000, F1 1.0000" in said.stdout


def test_a_table_without_names_of_records_is_one_sentence(tmp_path):
    assert "rec_id" in one_sentence(_measured(tmp_path, "name,email\na,b\n", TRUTH))


def test_a_file_that_is_not_there_is_one_sentence(tmp_path):
    said = ambidesk(
        "people", "evaluate-matching", "--records", tmp_path / "no.csv", "--truth", "no"
    )
    assert "no.csv" in one_sentence(said)
