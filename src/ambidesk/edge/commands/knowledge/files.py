"""Files of articles, questions and judgements: lines that cannot be read are named and left out."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import click

from ambidesk.edge.commands.speech import gettext as _
from ambidesk.edge.commands.trouble import Trouble

Read = TypeVar("Read")
MOST_NAMED = 20
LONGEST_LINE = 8_000_000
LONGEST_ID, LONGEST_LANGUAGE = 1_000, 8


class BadLine(ValueError):  # noqa: N818 says what is wrong
    """A line that cannot be read, and why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """An article or a question; `language` is empty where the file does not say."""

    id: str
    language: str
    text: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Judgement:
    """How well an article answers a question; 0 is not at all."""

    query: str
    article: str
    grade: float


def read_articles(file: Path) -> list[Line]:
    """
    Read articles, a JSON object a line.

    Raises:
        Trouble: there is no such file, or nothing in it can be read.
    """
    found = {(each.id, each.language): each for each in _lines(file, _article)}
    return list(found.values())


def read_questions(file: Path) -> list[Line]:
    """
    Read questions, a JSON object a line.

    Raises:
        Trouble: there is no such file, or nothing in it can be read.
    """
    return list({each.id: each for each in _lines(file, _question)}.values())


def read_judgements(file: Path) -> list[Judgement]:
    """
    Read which article answers which question; the first line may be names of columns.

    Raises:
        Trouble: there is no such file, or nothing in it can be read.
    """
    return _lines(file, _judgement, may_begin_with_names=True)


def _lines(
    file: Path, read: Callable[[str], Read], *, may_begin_with_names: bool = False
) -> list[Read]:
    found: list[Read] = []
    bad: list[str] = []
    for number, raw in enumerate(_raw(file), start=1):
        if not raw.strip():
            continue
        try:
            line = raw.decode("utf-8-sig" if number == 1 else "utf-8")
            found.append(read(line.rstrip("\r\n")))
        except ValueError as wrong:
            if number == 1 and may_begin_with_names and isinstance(wrong, BadLine):
                continue
            why = str(wrong) if isinstance(wrong, BadLine) else _("it is no text in UTF-8")
            facts = {"path": file, "number": number, "why": why}
            bad.append(_("%(path)s, line %(number)d is left out: %(why)s.") % facts)
    for sentence in bad[:MOST_NAMED]:
        click.echo(sentence, err=True)
    if len(bad) > MOST_NAMED:
        more = {"path": file, "number": len(bad) - MOST_NAMED}
        click.echo(_("%(path)s: %(number)d more lines are left out.") % more, err=True)
    if not found:
        raise Trouble(_("%(path)s holds no line that can be read.") % {"path": file})
    return found


def _raw(file: Path) -> Iterator[bytes]:
    try:
        with file.open("rb") as opened:
            while line := opened.readline(LONGEST_LINE):
                yield line
    except OSError as error:
        facts = {"path": file, "why": error.strerror}
        raise Trouble(_("%(path)s cannot be read: %(why)s.") % facts) from error


def _article(line: str) -> Line:
    given = _object(line)
    title, body = _text(given, "title", may_lack=True), _text(given, "body", may_lack=True)
    if not title.strip() and not body.strip():
        raise BadLine(_("it is empty"))
    return Line(id=_id(given), language=_language(given), title=title, text=body)


def _question(line: str) -> Line:
    given = _object(line)
    return Line(id=_id(given), language=_language(given), text=_text(given, "text"))


def _judgement(line: str) -> Judgement:
    cells = line.split("\t")
    if len(cells) not in {2, 3}:
        raise BadLine(_("it needs a question, an article and a grade with tabs between"))
    try:
        grade = float(cells[2]) if len(cells) == 3 else 1.0
    except ValueError:
        raise BadLine(_("its grade is no number")) from None
    if not 0 <= grade < 1_000:
        raise BadLine(_("its grade is no number"))
    return Judgement(cells[0].strip(), cells[1].strip(), grade)


def _object(line: str) -> dict[str, object]:
    try:
        given = json.loads(line)
    except (ValueError, RecursionError) as wrong:
        raise BadLine(_("it is no JSON")) from wrong
    if not isinstance(given, dict):
        raise BadLine(_("it is no JSON object"))
    return given


def _id(given: dict[str, object]) -> str:
    value = given.get("id")
    found = str(value) if isinstance(value, (str, int)) and not isinstance(value, bool) else ""
    if not 0 < len(found) <= LONGEST_ID:
        raise BadLine(_("it has no id"))
    return found


def _language(given: dict[str, object]) -> str:
    value = given.get("language")
    if value is None:
        return ""
    if not isinstance(value, str) or len(value) > LONGEST_LANGUAGE:
        raise BadLine(_("its language is none"))
    return value.strip().lower().replace("_", "-").partition("-")[0]


def _text(given: dict[str, object], name: str, *, may_lack: bool = False) -> str:
    value = given.get(name)
    if value is None and may_lack:
        return ""
    if not isinstance(value, str):
        raise BadLine(_("its %(name)s is no text") % {"name": name})
    return value.replace("\x00", " ").encode("utf-8", "replace").decode()
