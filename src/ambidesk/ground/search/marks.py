"""
Marks: what is no word and stands among the words all the same, so that one index answers all.

They begin with a sign that no word has. Buckets are runs of ids, the newest of which are asked
first: a word that stands everywhere is found a thousand times within a few of them.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from ambidesk.ground.search.document import Document, Sort
from ambidesk.ground.search.words import joined, words_of

SIGN = "="
# 1,024 ids and so on to 1,048,576; four of each are asked at once.
LEVELS = (10, 12, 14, 16, 18, 20)
AT_ONCE = 4
HAS_FILE = "has:file"


def marks_of(document: Document, sort: Sort) -> list[str]:
    """List the marks of a document."""
    return [
        sort_mark(sort),
        *(bucket_mark(sort, level, place=document.id >> level) for level in LEVELS),
        *(scope_mark(scope) for scope in document.scopes),
        *(person_mark(person) for person in document.persons),
        *(f"{SIGN}{mark}" for mark in document.marks),
    ]


def sort_mark(sort: Sort) -> str:
    """Mark all of a sort."""
    return f"{SIGN}k{sort.letter}"


def bucket_mark(sort: Sort, level: int, *, place: int) -> str:
    """Mark a run of ids of a sort."""
    return f"{SIGN}b{sort.letter}{level}.{place}"


def scope_mark(scope: int) -> str:
    """Mark a scope of reach."""
    return f"{SIGN}s{scope}"


def person_mark(person: int) -> str:
    """Mark whom something is about."""
    return f"{SIGN}p{person}"


@dataclass(frozen=True, slots=True)
class Window:
    """Marks of a run of the newest ids, and how many those are; None is all."""

    marks: tuple[str, ...]
    size: int | None


def windows(sort: Sort, newest: int) -> list[Window]:
    """Give ever larger runs of the newest ids, at last all."""
    found = []
    for level in LEVELS:
        top = newest >> level
        if top < AT_ONCE:
            break
        marks = tuple(bucket_mark(sort, level, place=top - back) for back in range(AT_ONCE))
        found.append(Window(marks, AT_ONCE << level))
    return [*found, Window((sort_mark(sort),), None)]


def marks_from(*, name: str, address: str) -> tuple[str, ...]:
    """Mark by whom something was written: each word of the name, the address, its domain."""
    domain = address.rpartition("@")[2]
    said = {*words_of(name), *words_of(address.partition("@")[0]), joined(address), joined(domain)}
    return tuple(f"from:{word}" for word in sorted(said) if word)


def quoted(marks: Iterable[str]) -> str:
    """Write that one of the marks is asked for; no mark has a quote in it."""
    return "(" + " | ".join(f"'{mark}'" for mark in marks) + ")"
