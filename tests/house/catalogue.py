"""
The Russian catalogues as the house tests read them, not wrapped.

django.po is brought up to date by bin/messages; click.po is what the console's library says.
"""

import ast
from dataclasses import dataclass, field
from functools import cache

from tests.house.sources import PACKAGE

CATALOGUES = sorted((PACKAGE / "locale" / "ru" / "LC_MESSAGES").glob("*.po"))


@dataclass(slots=True)
class Entry:
    """One English sentence, or a pair for one and for many, and its Russian forms."""

    context: str = ""
    english: str = ""
    many: str = ""
    russian: list[str] = field(default_factory=list)
    is_fuzzy: bool = False

    @property
    def model(self) -> str:
        """The English sentence whose placeholders every form carries."""
        return self.many or self.english


@cache
def entries() -> tuple[Entry, ...]:
    """All entries but the heads of the files."""
    blocks = [each for po in CATALOGUES for each in po.read_text().split("\n\n")[1:]]
    return tuple(entry for entry in map(_entry, blocks) if entry.english)


def _entry(block: str) -> Entry:
    entry, last = Entry(), ""
    for line in block.splitlines():
        if line.startswith("#"):
            entry.is_fuzzy = entry.is_fuzzy or (line.startswith("#,") and "fuzzy" in line)
        elif line.startswith('"'):
            _say(entry, last, ast.literal_eval(line))
        else:
            last, _, text = line.partition(" ")
            if last.startswith("msgstr"):
                entry.russian.append("")
            _say(entry, last, ast.literal_eval(text))
    return entry


def _say(entry: Entry, part: str, text: str) -> None:
    match part:
        case "msgctxt":
            entry.context += text
        case "msgid":
            entry.english += text
        case "msgid_plural":
            entry.many += text
        case _:
            entry.russian[-1] += text
