"""
Words of office files: parts of a ZIP, read as a stream of XML of which only the text is kept.

Source: ECMA-376 (docx, xlsx, pptx) and OASIS OpenDocument 1.3 (odt, ods, odp).
"""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Final
from xml.parsers import expat

from ambidesk.ground.files.words.limits import PART_BYTES, PARTS

# Where people's words stand; what else there is are styles, settings and relations.
PARTS_WITH_WORDS: Final = re.compile(
    r"word/(document|header\d*|footer\d*|footnotes|endnotes|comments)\.xml"
    r"|xl/(sharedStrings|worksheets/[^/]+)\.xml"
    r"|ppt/(slides|notesSlides)/[^/]+\.xml"
    r"|content\.xml"
)
# Elements whose text is words, and those after which a word ends.
OFFICE_WORDS: Final = frozenset({"t", "v"})
BREAKS: Final = frozenset(
    {"p", "h", "br", "tab", "si", "c", "row", "table-cell", "line-break", "s"}
)
PIECE_BYTES: Final = 64 * 1024


class NotPlain(Exception):  # noqa: N818 says what the file is
    """It declares entities, which no office program writes."""


def words_of(content: bytes) -> Iterator[str]:
    """Give the pieces of text of an office file, in order of its parts."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        names = [name for name in packed.namelist() if PARTS_WITH_WORDS.fullmatch(name)]
        for name in sorted(names)[:PARTS]:
            with packed.open(name) as part:
                yield from _words(part.read(PART_BYTES), is_odf=name == "content.xml")


def _words(xml: bytes, *, is_odf: bool) -> Iterator[str]:
    reader = _Reader(is_odf=is_odf)
    for start in range(0, len(xml), PIECE_BYTES):
        try:
            reader.parser.Parse(xml[start : start + PIECE_BYTES], False)
        except expat.ExpatError:
            # What was read before the fault counts.
            yield from reader.take()
            return
        yield from reader.take()


class _Reader:
    """Collects text; cells of a sheet that point into its shared strings are no words."""

    def __init__(self, *, is_odf: bool) -> None:
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._data
        self.parser.EntityDeclHandler = self._refuse
        self._is_odf = is_odf
        self._deep = 0
        self._is_pointer = False
        self._pieces: list[str] = []

    def take(self) -> Iterator[str]:
        """Give what was collected, once."""
        pieces, self._pieces = self._pieces, []
        yield "".join(pieces)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        if local == "c":
            self._is_pointer = attributes.get("t") == "s"
        if self._is_odf or (local in OFFICE_WORDS and not (local == "v" and self._is_pointer)):
            self._deep += 1

    def _end(self, name: str) -> None:
        local = name.rpartition(":")[2]
        if self._is_odf or (local in OFFICE_WORDS and not (local == "v" and self._is_pointer)):
            self._deep -= 1
        if local in BREAKS:
            self._pieces.append("\n" if local in {"p", "h", "row"} else " ")

    def _data(self, text: str) -> None:
        if self._deep:
            self._pieces.append(text)

    def _refuse(self, *_declared: object) -> None:
        raise NotPlain
