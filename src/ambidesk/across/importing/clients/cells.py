"""Cells: what a row says, read column by column; what is wrong is gathered, not raised."""

import codecs
import gzip
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import cache
from types import MappingProxyType
from typing import BinaryIO, TypeVar
from zoneinfo import available_timezones

from ambidesk.across.importing.clients import refusals
from ambidesk.across.importing.clients.sheets import Sheet, own_places_of, places_of
from ambidesk.across.importing.reading import Shape, read_table
from ambidesk.ground.fields.rules.spec import Spec
from ambidesk.ground.kernel.refusal import InvalidInput

DEEPEST = 10
# So much of a file says in which encoding it is.
MEGABYTE, LOOKED_AT = 1024 * 1024, 64
STROKES = ("/", ">", "→")
# A sheet programme takes a cell that begins so for a formula; exports put ' before it.
FORMULA = ("=", "+", "-", "@")
NOTHING: Mapping[str, Spec] = MappingProxyType({})
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Why a row cannot come in: its number in the file, the column, the reason."""

    line: int
    column: str
    why: InvalidInput


@dataclass(slots=True, kw_only=True)
class Row:
    """One row while it is read; `own` are the cells of fields of the installation's own."""

    line: int
    cells: Mapping[str, str]
    own: Mapping[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def wrong(self, column: str, why: InvalidInput) -> None:
        """Note what is wrong in a column."""
        self.problems.append(Problem(line=self.line, column=column, why=why))

    def text(self, column: str, most: int, *, needed: bool = False) -> str:
        """Read plain words."""
        value = self.cells.get(column, "")
        if needed and not value:
            self.wrong(column, refusals.Missing())
        if len(value) > most:
            self.wrong(column, refusals.TooLong(most=most))
        return value

    def read(self, column: str, how: Callable[[str], T], *, otherwise: T) -> T:
        """Read a cell by a function that may refuse; an empty one is `otherwise`."""
        value = self.cells.get(column, "")
        if not value:
            return otherwise
        try:
            return how(value)
        except InvalidInput as why:
            self.wrong(column, why)
            return otherwise

    def path(self, column: str, most: int) -> tuple[str, ...]:
        """Read names from the top of a tree down, between strokes."""
        return self.read(column, lambda value: _path(value, most), otherwise=())


def read_rows(
    content: BinaryIO,
    sheet: Sheet,
    *,
    own: Mapping[str, Spec] = NOTHING,
    named: Mapping[str, str] | None = None,
) -> Iterator[Row]:
    """
    Read the rows of a file; UTF-8, or the old encoding that office programmes still write.

    `named` gives, by the key of a column, the heading under which the file has it.

    Raises:
        NoTable, TooLarge, UnknownColumns, FieldIsAnother: the file cannot be taken.
    """
    rows = read_table(content, Shape(encoding=_encoding(content)))
    headings = list(next(rows, ()))
    places, owned = places_of(sheet, headings, named=named), own_places_of(own, headings)
    for line, cells in enumerate(rows, start=2):
        if any(cells):
            said = {key: _plain(cells[at]) for key, at in places.items() if at < len(cells)}
            kept = {key: _whole(cells[at]) for key, at in owned.items() if at < len(cells)}
            yield Row(line=line, cells=said, own=kept)


def degrees(most: int) -> Callable[[str], Decimal]:
    """Give what reads degrees up to `most`."""

    def read(value: str) -> Decimal:
        try:
            found = Decimal(value.replace(",", "."))
        except InvalidOperation:
            found = Decimal("NaN")
        if not found.is_finite() or abs(found) > most:
            raise refusals.NotANumber(value=value[:40], most=most)
        return round(found, 6)

    return read


def zone(value: str) -> str:
    """
    Read a time zone.

    Raises:
        NoSuchZone: it is none.
    """
    if value not in _zones():
        raise refusals.NoSuchZone(value=value[:40])
    return value


def day(value: str) -> date:
    """
    Read a day, as programmes or as people here write it.

    Raises:
        NotADay: it is none.
    """
    for form in ("%Y-%m-%d", "%d.%m.%Y", "%Y-%m-%d %H:%M:%S"):
        try:
            return datetime.strptime(value, form).date()  # noqa: DTZ007 a day has no zone
        except ValueError:
            continue
    raise refusals.NotADay(value=value[:40])


def _path(value: str, most: int) -> tuple[str, ...]:
    spaced = [f" {each} " for each in STROKES]
    stroke = next((each for each in (*spaced, *STROKES) if each in value), "/")
    names = tuple(each.strip() for each in value.split(stroke))
    shown = " / ".join(names)[:80]
    if not all(names):
        raise refusals.EmptyStep(value=shown)
    if len(names) > DEEPEST:
        raise refusals.TooDeep(value=shown, most=DEEPEST)
    if any(len(each) > most for each in names):
        raise refusals.TooLong(most=most)
    return names


def _plain(cell: object) -> str:
    return _bared(" ".join(str(cell).split()).replace("\0", ""))


def _whole(cell: object) -> str:
    """Words of several lines stay what they are."""
    return _bared(str(cell).replace("\0", "").strip())


def _bared(value: str) -> str:
    guarded = value.startswith("'") and value.lstrip("'").startswith(FORMULA)
    return value[1:] if guarded else value


def _encoding(content: BinaryIO) -> str:
    """Say whether a file, packed or not, is UTF-8; what is no text is judged by its reader."""
    is_packed = content.read(2) == b"\x1f\x8b"
    content.seek(0)
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    opened: BinaryIO | gzip.GzipFile = gzip.GzipFile(fileobj=content) if is_packed else content
    try:
        for _part in range(LOOKED_AT):
            if not (part := opened.read(MEGABYTE)):
                decoder.decode(b"", final=True)
                break
            decoder.decode(part)
    except UnicodeDecodeError:
        return "cp1251"
    except (OSError, EOFError, zlib.error):
        return "utf-8-sig"
    finally:
        content.seek(0)
    return "utf-8-sig"


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())
