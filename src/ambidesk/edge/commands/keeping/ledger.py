"""
The ledger of erasures, kept beside the backups: who was erased must not come back with an old one.

Ids only, by installation; an id once in it stays.
"""

import hashlib
import json
import os
from collections.abc import Iterable
from pathlib import Path

import psycopg

NAME = "ambidesk-erasures.json"


def erased_in(url: str) -> list[int]:
    """Read the persons that the database's own ledger names."""
    with psycopg.connect(url) as connection:
        found = connection.execute("SELECT to_regclass('privacy_erasure')").fetchone()
        if found is None or found[0] is None:
            return []
        return [int(row[0]) for row in connection.execute("SELECT person_id FROM privacy_erasure")]


def remember(persons: Iterable[int], *, beside: Path, secret: str) -> None:
    """Add persons to the ledger that lies beside a backup."""
    ledger = _read(beside)
    name = _installation(secret)
    ledger[name] = sorted({*ledger.get(name, []), *persons})
    new = beside.with_name(f".{NAME}.{os.getpid()}")
    try:
        new.write_text(json.dumps(ledger))
        new.rename(beside.with_name(NAME))
    finally:
        new.unlink(missing_ok=True)


def remembered(*, beside: Path, secret: str) -> list[int]:
    """Name the persons of this installation that were erased, by the ledger beside a backup."""
    return _read(beside).get(_installation(secret), [])


def _read(beside: Path) -> dict[str, list[int]]:
    try:
        found: dict[str, list[int]] = json.loads(beside.with_name(NAME).read_text())
    except FileNotFoundError:
        return {}
    return found


def _installation(secret: str) -> str:
    return hashlib.sha256(b"installation " + secret.encode()).hexdigest()[:16]
