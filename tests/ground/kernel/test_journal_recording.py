"""The journal carries ids, enums and numbers, is written with the change, and is never rewritten."""

import pkgutil
import types
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import datetime
from decimal import Decimal
from enum import Enum
from importlib import import_module
from typing import Any, ClassVar, Union, get_args, get_origin, get_type_hints

import pytest
from django.db import DatabaseError, connection, transaction

import ambidesk
from ambidesk.ground.kernel import journal
from tests.ground.kernel.happenings import AT, Colour, Somebody, ThingHappened, write


@dataclass(frozen=True, slots=True, kw_only=True)
class ThingPainted(journal.Event):
    kind: ClassVar[str] = "tests.thing_painted"
    subject: ClassVar[tuple[str, str]] = ("thing", "thing_id")
    version: ClassVar[int] = 3

    thing_id: int
    colour: Colour
    coats: list[int]
    price: Decimal
    dry_at: datetime | None


@journal.upcaster("tests.thing_painted", 1)
def _coats_were_counted(data: dict[str, Any]) -> dict[str, Any]:
    return {**{k: v for k, v in data.items() if k != "layers"}, "coats": [0] * data["layers"]}


@journal.upcaster("tests.thing_painted", 2)
def _paint_was_free(data: dict[str, Any]) -> dict[str, Any]:
    return {**data, "price": "0"}


def painted(thing: int = 5) -> ThingPainted:
    return ThingPainted(
        thing_id=thing, colour=Colour.RED, coats=[1, 2], price=Decimal("9.90"), dry_at=AT
    )


def test_an_entry_tells_who_when_and_what(db: None) -> None:
    journal.record(painted(), by=Somebody(kind="person", id=3, origin=journal.Origin.DEMO), at=AT)
    (entry,) = journal.entries_of("thing", 5)
    assert (entry.actor_kind, entry.actor_id, entry.at, entry.origin) == ("person", 3, AT, "demo")
    assert entry.data == {
        "thing_id": 5,
        "colour": "red",
        "coats": [1, 2],
        "price": "9.90",
        "dry_at": AT.isoformat(),
    }


def test_a_text_is_refused(db: None) -> None:
    @dataclass(frozen=True, slots=True, kw_only=True)
    class ThingNamed(journal.Event):
        kind: ClassVar[str] = "tests.thing_named"
        subject: ClassVar[tuple[str, str]] = ("thing", "thing_id")

        thing_id: int
        name: str

    with pytest.raises(journal.PersonalData, match="name"):
        journal.record(ThingNamed(thing_id=1, name="Olga"), by=Somebody(), at=AT)


def test_two_events_cannot_share_a_kind() -> None:
    with pytest.raises(journal.WrongKind, match=r"tests\.thing_happened"):

        class ThingHappenedToo(journal.Event):
            kind: ClassVar[str] = "tests.thing_happened"
            subject: ClassVar[tuple[str, str]] = ("thing", "thing_id")


def test_an_event_is_found_by_its_kind() -> None:
    assert journal.event_class("tests.thing_happened") is ThingHappened
    assert journal.event_class("tests.forgotten") is None


def test_entries_of_old_versions_are_read_in_the_form_of_today(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO journal_entry (epoch, at, actor_kind, origin, kind, version, subject_kind,"
            " subject_id, data) VALUES (1, now(), 'system', 'live', 'tests.thing_painted', 1,"
            """ 'thing', 6, '{"thing_id": 6, "layers": 2}')"""
        )
    (entry,) = journal.entries_of("thing", 6)
    assert entry.data == {"thing_id": 6, "coats": [0, 0], "price": "0"}


def test_many_entries_keep_their_order(db: None) -> None:
    journal.record_many([painted(9)] * 3 + [ThingHappened(thing_id=9)] * 1200, by=Somebody(), at=AT)
    kinds = [entry.kind for entry in journal.entries_of("thing", 9, limit=2000)]
    assert kinds == ["tests.thing_painted"] * 3 + ["tests.thing_happened"] * 1200


def test_no_events_write_nothing(db: None) -> None:
    journal.record_many([], by=Somebody(), at=AT)


@pytest.mark.parametrize(
    "rewriting",
    [
        "UPDATE journal_entry SET at = now()",
        "DELETE FROM journal_entry",
        "TRUNCATE journal_entry",
        "UPDATE journal_entry_0 SET actor_id = 1",
    ],
)
def test_the_journal_cannot_be_rewritten(db: None, rewriting: str) -> None:
    write(1)
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(rewriting)


def test_what_a_rolled_back_change_recorded_is_gone_with_it(db: None) -> None:
    with transaction.atomic():
        write(11)
        transaction.set_rollback(True)
    assert journal.entries_of("thing", 11) == []


IMPERSONAL = (int, bool, Decimal, datetime, type(None))


def _plain_types(hint: Any) -> Iterator[Any]:
    if get_origin(hint) in {Union, types.UnionType, list, tuple}:
        for each in get_args(hint):
            yield from _plain_types(each)
    elif hint is not Ellipsis:
        yield hint


def test_no_event_of_the_product_declares_a_text() -> None:
    for module in pkgutil.walk_packages(ambidesk.__path__, "ambidesk."):
        if module.name.endswith(".events"):
            import_module(module.name)
    found = [
        f"{event.kind}: {each.name}"
        for event in journal.all_events()
        if event.__module__.startswith("ambidesk.")
        for each in fields(event)
        for plain in _plain_types(get_type_hints(event)[each.name])
        if not (issubclass(plain, Enum) or plain in IMPERSONAL)
    ]
    assert len(journal.all_events()) > 20
    assert found == []
