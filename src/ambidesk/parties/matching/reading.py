"""
Reading: tables of records and of true pairs; a row that is no use is named and left out.

Blanks before values, titles with blanks, other separators and old Cyrillic files are understood.
"""

import csv
import gzip
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ambidesk.ground.kernel.refusal import InvalidInput
from ambidesk.parties.matching.cells import record_of
from ambidesk.parties.matching.columns import meaning
from ambidesk.parties.matching.record import Record

MOST_BYTES = 512 * 1024 * 1024
GZIP = b"\x1f\x8b"


class NoTable(InvalidInput):
    """The file is no table of records."""

    sentence = gettext_lazy("%(path)s: %(why)s.")


@dataclass(frozen=True, slots=True, kw_only=True)
class BadRow:
    """A row that was left out."""

    line: int
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """What a file held."""

    records: list[Record]
    bad: list[BadRow]


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """Which records are one human being's, each pair once."""

    pairs: set[tuple[str, str]]
    bad: list[BadRow]


def read_records(path: Path) -> Table:
    """
    Read records by their titles.

    Raises:
        NoTable: there are no titles, or none of them names the records.
    """
    rows = _rows(path)
    _line, titles = next(rows, (0, []))
    meanings = [meaning(title) for title in titles]
    if "key" not in meanings:
        raise NoTable(field="records", path=path, why=_("there is no column rec_id"))
    found: dict[str, Record] = {}
    bad: list[BadRow] = []
    for line, row in rows:
        cells: dict[str, list[str]] = {}
        for name, cell in zip(meanings, row, strict=False):
            if name:
                cells.setdefault(name, []).append(cell.strip())
        key = next(iter(cells.get("key", ())), "")
        if why := _wrong(key, found, surplus=row[len(titles) :]):
            bad.append(BadRow(line=line, why=why))
        else:
            found[key] = record_of(key, cells)
    return Table(records=list(found.values()), bad=bad)


def read_truth(path: Path, *, known: set[str]) -> Truth:
    """
    Read true pairs; those of unknown records are named and left out.

    Raises:
        NoTable: the file cannot be read.
    """
    pairs: set[tuple[str, str]] = set()
    bad: list[BadRow] = []
    for number, (line, row) in enumerate(_rows(path)):
        ends = [cell.strip() for cell in row[:2]]
        strangers = [end for end in ends if end not in known]
        if number == 0 and len(strangers) == len(ends):
            continue  # the titles
        if len(ends) < 2 or strangers:
            bad.append(BadRow(line=line, why=_("no such record: %s") % ", ".join(strangers)))
        elif ends[0] == ends[1]:
            bad.append(BadRow(line=line, why=_("a record and itself")))
        else:
            pairs.add((min(ends), max(ends)))
    return Truth(pairs=pairs, bad=bad)


def _wrong(key: str, found: dict[str, Record], *, surplus: list[str]) -> str:
    if not key:
        return _("no rec_id")
    if key in found:
        return _("%s stands there already") % key
    if any(cell.strip() for cell in surplus):
        return _("more values than titles")
    return ""


def _rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    lines = _text(path).splitlines(keepends=True)
    first = lines[0] if lines else ""
    delimiter = max(",;\t", key=first.count)
    csv.field_size_limit(1024 * 1024)
    reader = csv.reader(lines, delimiter=delimiter, skipinitialspace=True)
    try:
        for row in reader:
            if any(cell.strip() for cell in row):
                yield reader.line_num, row
    except csv.Error as error:
        why = _("line %(line)s is no row") % {"line": reader.line_num}
        raise NoTable(field="file", path=path, why=why) from error


def _text(path: Path) -> str:
    try:
        raw = path.read_bytes()
        if raw.startswith(GZIP):
            with gzip.open(path) as opened:
                raw = opened.read(MOST_BYTES + 1)
    except OSError as error:
        raise NoTable(field="file", path=path, why=error.strerror or str(error)) from error
    if len(raw) > MOST_BYTES:
        raise NoTable(field="file", path=path, why=_("the file is too large"))
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1251", errors="replace")
    return text.replace("\x00", "")
