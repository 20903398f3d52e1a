"""Tables are read from CSV, packed or not, and XLSX; what is none says so."""

import gzip
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from ambidesk.across.importing import reading
from ambidesk.across.importing.reading import read_lines
from ambidesk.across.importing.rules.mapping import Mapping, read_mapping
from ambidesk.across.importing.rules.refusals import ColumnMissing, NoTable, TooLarge

MAPPING = read_mapping('source = "old"\n[columns]\nticket = "id"\ntime = "at"\n')


def lines(file: Path, mapping: Mapping = MAPPING) -> list[tuple[int, dict[str, object]]]:
    return [(number, dict(cells)) for number, cells in read_lines(file, mapping)]


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_a_table_is_read_whatever_parts_its_columns(tmp_path: Path, sign: str) -> None:
    file = tmp_path / "a.csv"
    file.write_text(f'\ufeffid{sign}at\n7{sign}"x{sign}y"\n\n8{sign}z\n', encoding="utf-8")
    assert lines(file) == [(2, {"id": "7", "at": f"x{sign}y"}), (4, {"id": "8", "at": "z"})]


def test_a_packed_table_is_read(tmp_path: Path) -> None:
    file = tmp_path / "a.csv.gz"
    file.write_bytes(gzip.compress("id,at\nЖ,1\n".encode()))
    assert lines(file) == [(2, {"id": "Ж", "at": "1"})]


def test_a_sheet_is_read_with_its_dates(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet
    sheet.append(["id", "at", "note"])
    sheet.append([7, datetime(2026, 3, 2, 9), None])  # noqa: DTZ001 sheets know no zones
    book.save(tmp_path / "a.xlsx")
    cells = {"id": "7", "at": datetime(2026, 3, 2, 9), "note": ""}  # noqa: DTZ001
    assert lines(tmp_path / "a.xlsx") == [(2, cells)]


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04 not a book",
        b"\x1f\x8b\x08 not packed",
        b"id,at\n\xff\xfe,1\n",
        b'id,at\n"7,1\n',
    ],
)
def test_what_is_no_table_says_so(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a").write_bytes(content)
    with pytest.raises(NoTable):
        lines(tmp_path / "a")


def test_a_missing_column_is_named_beside_those_that_are_there(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("id,when\n7,1\n", encoding="utf-8")
    with pytest.raises(ColumnMissing) as refused:
        lines(tmp_path / "a.csv")
    assert "at" in str(refused.value)
    assert "when" in str(refused.value)


def test_more_rows_than_one_import_takes_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "MOST_ROWS", 2)
    (tmp_path / "a.csv").write_text("id,at\n1,1\n2,1\n3,1\n", encoding="utf-8")
    with pytest.raises(TooLarge):
        lines(tmp_path / "a.csv")


def test_what_unpacks_without_end_is_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "MOST_BYTES", 1000)
    (tmp_path / "a.gz").write_bytes(gzip.compress(b"id,at\n" + b"1,1\n" * 10_000))
    with pytest.raises(NoTable):
        lines(tmp_path / "a.gz")
