"""Words in PDF and office files are read apart, within limits, and removed with their file."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ambidesk.ground.files.content import type_of
from ambidesk.ground.files.models import Blob, Words
from ambidesk.ground.files.storing import remove, store
from ambidesk.ground.files.words.limits import CHARACTERS
from ambidesk.ground.files.words.reading import KINDS, extract, read_due
from ambidesk.ground.reach.actor import SYSTEM
from tests.cast import Cast
from tests.ground.files.words.making import docx, odt, packed, pdf, xlsx

BOMB = '<!DOCTYPE b [<!ENTITY a "lol"><!ENTITY b "&a;&a;">]><b>&b;</b>'


@pytest.mark.parametrize(
    "content, words",
    [
        (docx("Счёт за ремонт", "Invoice 4711"), ("Счёт за ремонт", "Invoice 4711")),
        (xlsx("Кромка", "Article"), ("Кромка", "Article", "4711")),
        (odt("Гарантия два года", "Warranty"), ("Гарантия два года", "Warranty")),
        (pdf("Delivery note 815"), ("Delivery note 815",)),
    ],
)
def test_words_of_a_file_are_read(content: bytes, words: tuple[str, ...]) -> None:
    found = extract(content, KINDS[type_of(content)])
    for each in words:
        assert each in found
    # What only points elsewhere is no word.
    assert found.split().count("0") == 0


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7\nbroken",
        b"PK\x03\x04word/",
        docx("x" * 1000)[:-30],
        packed(word__document_dot_xml=BOMB),
        packed(word__document_dot_xml="<w:t>" + "<a>" * 100_000),
    ],
)
def test_a_broken_or_hostile_file_has_no_words_and_breaks_nothing(content: bytes) -> None:
    assert len(extract(content, KINDS[type_of(content)])) <= 1000


def test_a_file_that_unpacks_to_more_than_there_is_room_for_is_cut() -> None:
    content = docx("word " * 2_000_000)
    assert len(content) < 100_000
    assert len(extract(content, "office")) <= CHARACTERS


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(place=st.integers(0, 400), sign=st.integers(0, 255))
def test_no_changed_byte_of_a_file_harms_more_than_its_own_words(place: int, sign: int) -> None:
    for content, kind in ((docx("Invoice"), "office"), (pdf("Invoice"), "pdf")):
        changed = bytearray(content)
        changed[place % len(changed)] = sign
        assert isinstance(extract(bytes(changed), kind), str)


def test_files_that_came_are_read_once_and_forgotten_with_their_content(cast: Cast) -> None:
    content = docx("Счёт за ремонт")
    blob = store(content, at=cast.at)
    broken = store(b"%PDF-1.7 broken", at=cast.at)
    assert read_due(by=SYSTEM, at=cast.at) == 2
    assert read_due(by=SYSTEM, at=cast.at) == 0
    assert Words.objects.get().blob == blob
    remove(Blob.objects.filter(pk__in=[blob.pk, broken.pk]), at=cast.at)
    assert not Words.objects.exists()
    assert read_due(by=SYSTEM, at=cast.at) == 0
    # The same content may come again, from somebody else.
    assert store(content, at=cast.at).pk == blob.pk
    assert read_due(by=SYSTEM, at=cast.at) == 1
    assert Words.objects.exists()
