"""
Reading: the lines of a CSV file, also packed by gzip, or of a sheet of XLSX, under their columns.

Nothing is unpacked beyond bounds: a small file must not fill the machine.
"""

import csv
import gzip
import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from ambidesk.across.importing.rules.mapping import Mapping
from ambidesk.across.importing.rules.refusals import ColumnMissing, NoTable, TooLarge
from ambidesk.across.importing.rules.rows import Cell

MOST_ROWS = 2_000_000
MOST_BYTES = 4 * 1024**3
LONGEST_CELL = 1_000_000
Line = tuple[int, dict[str, Cell]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """How a table is written; "" lets the file say it: the usual sign, the first sheet."""

    encoding: str = "utf-8-sig"
    delimiter: str = ""
    sheet: str = ""


def read_lines(file: Path, mapping: Mapping) -> Iterator[Line]:
    """
    Read the lines of a file with their numbers, the line of the headings being 1.

    Raises:
        NoTable: it is no CSV or XLSX, or not in the encoding that the mapping says.
        ColumnMissing: a column that the mapping names is not there.
        TooLarge: it has more rows than one import takes.
    """
    shape = Shape(encoding=mapping.encoding, delimiter=mapping.delimiter, sheet=mapping.sheet)
    with file.open("rb") as opened:
        yield from _checked(read_table(opened, shape), mapping)


def read_table(opened: BinaryIO, shape: Shape) -> Iterator[Sequence[Cell]]:
    """
    Read the rows of a table, that of the headings first.

    Raises:
        NoTable: it is no CSV or XLSX, or not in the encoding that the shape says.
        TooLarge: it has more rows than one import takes.
    """
    try:
        start = opened.read(4)
        opened.seek(0)
        if start.startswith(b"PK"):
            yield from _bounded(_sheet(opened, shape))
        elif start.startswith(b"\x1f\x8b"):
            with gzip.open(opened) as unpacked:
                yield from _bounded(_table(unpacked, shape))
        else:
            yield from _bounded(_table(opened, shape))
    except (csv.Error, UnicodeError, LookupError, zipfile.BadZipFile, EOFError, OSError) as wrong:
        raise NoTable(why=wrong) from wrong
    except (
        InvalidFileException,
        KeyError,
        ValueError,
        SyntaxError,
        zlib.error,
    ) as wrong:
        raise NoTable(why=wrong) from wrong


def _checked(rows: Iterator[Sequence[Cell]], mapping: Mapping) -> Iterator[Line]:
    headings = [str(each).strip() for each in next(rows, ())]
    for column in mapping.columns.values():
        if column not in headings:
            raise ColumnMissing(column=column, known=", ".join(headings)[:500])
    for number, cells in enumerate(rows, start=2):
        if any(cells):
            yield number, dict(zip(headings, cells, strict=False))


def _bounded(rows: Iterator[Sequence[Cell]]) -> Iterator[Sequence[Cell]]:
    for number, cells in enumerate(rows, start=1):
        if number > MOST_ROWS + 1:
            raise TooLarge(most=MOST_ROWS)
        yield cells


def _table(opened: BinaryIO | gzip.GzipFile, shape: Shape) -> Iterator[Sequence[Cell]]:
    csv.field_size_limit(LONGEST_CELL)
    text = io.TextIOWrapper(
        io.BufferedReader(_Bounded(opened)), encoding=shape.encoding, newline=""
    )
    head = text.readline(LONGEST_CELL + 1)
    if len(head) > LONGEST_CELL:
        raise NoTable(why="> 1 MB")
    delimiter = shape.delimiter or max(",;\t|", key=head.count)
    yield from csv.reader(_after(head, text), delimiter=delimiter, strict=True)


def _after(head: str, rest: Iterable[str]) -> Iterator[str]:
    yield head
    yield from rest


def _sheet(opened: BinaryIO, shape: Shape) -> Iterator[Sequence[Cell]]:
    with zipfile.ZipFile(opened) as packed:
        if sum(each.file_size for each in packed.infolist()) > MOST_BYTES:
            raise NoTable(why="zip")
    opened.seek(0)
    book = load_workbook(opened, read_only=True, data_only=True)
    try:
        sheet = book[shape.sheet] if shape.sheet else book.worksheets[0]
        for row in sheet.iter_rows(values_only=True):
            yield [_cell(value) for value in row]
    finally:
        book.close()


def _cell(value: object) -> Cell:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value if isinstance(value, datetime) else str(value)


class _Bounded(io.RawIOBase):
    """A stream that ends with an error where too much comes out of it."""

    def __init__(self, inner: BinaryIO | gzip.GzipFile) -> None:
        super().__init__()
        self._inner, self._left = inner, MOST_BYTES

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        data = self._inner.read(len(buffer))
        self._left -= len(data)
        if self._left < 0:
            raise OSError(f"> {MOST_BYTES // 1024**3} GiB")
        buffer[: len(data)] = data
        return len(data)
