"""Situations: what people write about and how it goes on, read from the texts beside this file."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from ambidesk.edge.commands.story.scenery import LIFTS, SHOP

BOOKS = (
    ("shop_delivery.toml", SHOP, "ru"),
    ("shop_repair.toml", SHOP, "ru"),
    ("shop_other.toml", SHOP, "ru"),
    ("lifts_english.toml", LIFTS, "en"),
    ("lifts_russian.toml", LIFTS, "ru"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One word in a talk, in several wordings: `who` is "they", "we" or "note"."""

    who: str
    say: tuple[str, ...]
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """One matter; `end` is "solved" or "waiting"."""

    brand: str
    language: str
    category: str
    type: str
    tags: tuple[str, ...]
    weight: int
    priority: int
    subjects: tuple[str, ...]
    talk: tuple[Turn, ...]
    end: str


@cache
def situations() -> tuple[Situation, ...]:
    """Every situation, in the order of the books."""
    return tuple(
        _situation(row, brand=brand, language=language)
        for book, brand, language in BOOKS
        for row in _read(book)["situation"]
    )


@cache
def slots() -> Mapping[str, Any]:
    """What stands in the places of the texts."""
    return _read("slots.toml")


@cache
def special() -> Mapping[str, Any]:
    """The texts of the tickets that show something in particular."""
    return _read("special.toml")


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("texts", name).read_text(encoding="utf-8"))


def _situation(row: Mapping[str, Any], *, brand: str, language: str) -> Situation:
    return Situation(
        brand=brand,
        language=language,
        category=row["category"],
        type=row["type"],
        tags=tuple(row["tags"]),
        weight=row.get("weight", 1),
        priority=row.get("priority", 2),
        subjects=tuple(row["subjects"]),
        talk=tuple(turn(each) for each in row["talk"]),
        end=row["end"],
    )


def turn(row: Mapping[str, Any]) -> Turn:
    """Read one turn of a talk."""
    who = next(each for each in ("they", "we", "note") if each in row)
    return Turn(who=who, say=tuple(row[who]), files=tuple(row.get("files", ())))
