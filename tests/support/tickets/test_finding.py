"""Search as an operator uses it: what is found, in which words, and what nobody else finds."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ambidesk.across.privacy.erasing import erase
from ambidesk.ground.files.storing import store
from ambidesk.ground.files.words.reading import read_due
from ambidesk.ground.kernel.journal import Entry
from ambidesk.ground.kernel.journal.reading import SELECT, entries_by
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.ground.search.finding import Results, find
from ambidesk.ground.search.indexing import rebuild, take
from ambidesk.ground.search.ranking import WrongPlace
from ambidesk.parties.people.meeting import Caller, meet
from ambidesk.parties.people.models import IdentityKind
from ambidesk.support.conversations.models import Attachment
from ambidesk.support.conversations.receiving import InboundFile
from ambidesk.support.tickets.answering import Answer, answer
from ambidesk.support.tickets.closing import solve
from ambidesk.support.tickets.describing import rename
from ambidesk.support.tickets.finding.messages import MESSAGES
from ambidesk.support.tickets.noting import note
from ambidesk.support.tickets.regrouping import merge, undo
from ambidesk.support.tickets.withdrawing import withdraw_answer
from tests.cast import Cast
from tests.ground.files.words.making import docx


def _every_entry() -> list[Entry]:
    """The journal, what this transaction wrote included."""
    return entries_by(f"{SELECT} ORDER BY sequence", [])


def _index() -> None:
    take(_every_entry())


def _found(cast: Cast, text: str, *, member=None, **asked) -> Results:
    _index()
    actor = cast.actor(member or cast.olga)
    return find(text, actor=actor, at=cast.at + timedelta(hours=1), **asked)


def _ids(results: Results, sort: str) -> list[int]:
    return [hit.id for group in results.groups if group.sort == sort for hit in group.hits]


def test_words_are_found_in_every_form_of_both_languages(cast: Cast) -> None:
    russian = cast.ticket("У нас сломался грузовой подъёмник, двери не закрываются")
    english = cast.ticket("The freight elevators were stopping between floors")
    for asked in ("подъемники", "ПОДЪЁМНИКУ сломались", "дверь закрывать", "подъемни"):
        assert [hit.whole for hit in _found(cast, asked).groups[0].hits] == [russian.pk], asked
    for asked in ("elevator stops", "ELEVATOR", "freight floor", "elev"):
        assert [hit.whole for hit in _found(cast, asked).groups[0].hits] == [english.pk], asked
    assert _found(cast, "подъемник elevator").is_empty


@pytest.mark.parametrize("asked", ["SN-4711-AB", "sn4711ab", "sn4711", "4711", "SN 4711 AB"])
def test_a_serial_is_found_as_it_is_read_from_the_label(cast: Cast, asked: str) -> None:
    cast.ticket("Asset SN-4711-AB does not start")
    cast.ticket("Asset SN-4712-AB does not start")
    (group,) = _found(cast, asked).groups
    assert len(group.hits) == 1
    assert "4711" in group.hits[0].snippet


def test_a_number_finds_its_ticket_first(cast: Cast) -> None:
    tickets = [cast.ticket(f"About ticket {number}") for number in range(3)]
    wanted = tickets[1]
    rename(tickets[2], subject=f"As in {wanted.pk}", by=SYSTEM, at=cast.at)
    for asked in (f"#{wanted.number}", str(wanted.number)):
        assert _ids(_found(cast, asked), "ticket")[0] == wanted.pk


def test_a_mistyped_word_is_taken_for_what_looks_like_it(cast: Cast) -> None:
    ticket = cast.ticket("Где моя доставка?")
    results = _found(cast, "даставка")
    assert [hit.whole for hit in results.groups[0].hits] == [ticket.pk]
    assert results.taken_for == (("даставка", ("доставк",)),)
    assert _found(cast, "qqqqzzzz").is_empty


def test_a_person_is_found_by_name_address_part_of_it_and_phone(cast: Cast) -> None:
    caller = Caller(kind=IdentityKind.PHONE, value="+7 495 123-45-67", name="Пётр Ёлкин")
    phone = meet(caller, by=SYSTEM, at=cast.at)
    cast.ticket()
    for asked in ("anna", "Petrova", "anna@example.org", "annaexample", "petr"):
        assert cast.anna.person_id in _ids(_found(cast, asked), "person"), asked
    for asked in ("Елкин", "петр", "+7 (495) 123-45-67", "8 495 123 45 67", "4951234567"):
        found = _ids(_found(cast, asked, member=cast.admin), "person")
        assert phone.person_id in found, asked


def test_what_a_person_wrote_is_marked_and_nothing_in_it_runs(cast: Cast) -> None:
    cast.ticket(
        "<script>alert('Посылка')</script> пропала <b>посылка</b>", subject="<i>Посылка</i>"
    )
    results = _found(cast, "посылки")
    for group in results.groups:
        for hit in group.hits:
            assert "<script" not in hit.snippet + hit.title
            assert "<b>" not in hit.snippet + hit.title
            assert "<i>" not in hit.title
    assert "<mark>Посылка</mark>" in results.groups[-1].hits[0].snippet


def test_nobody_finds_anything_of_a_brand_that_own_teams_do_not_serve(cast: Cast) -> None:
    secret = cast.ticket("Unmistakable zebra", channel=cast.lift_mail, sender=cast.boris)
    note(secret, text="zebra note", by=SYSTEM, at=cast.at)
    message = secret.filings.get().message
    Attachment.objects.create(
        message=message, blob=store(b"zebra text", at=cast.at), key="k" * 43, name="zebra.txt"
    )
    for asked in (
        "zebra",
        f"#{secret.number}",
        "boris",
        "smirnov zebra",
        "from:boris",
        "brand:liftcare zebra",
    ):
        assert _found(cast, asked).is_empty, asked
        assert not _found(cast, asked, member=cast.lev).is_empty, asked
        assert not _found(cast, asked, member=cast.admin).is_empty, asked
    groups = {group.sort for group in _found(cast, "zebra", member=cast.lev).groups}
    assert groups == {"message", "note", "file"}


def test_rights_of_now_count_not_those_at_the_time_of_indexing(cast: Cast) -> None:
    cast.ticket("Unmistakable zebra")
    assert not _found(cast, "zebra").is_empty
    cast.shop_team.brands.clear()
    assert _found(cast, "zebra").is_empty


def test_filters_narrow_what_is_found(cast: Cast) -> None:
    first = cast.ticket("parcel one")
    second = cast.ticket("parcel two", sender=cast.boris)
    solve(second, by=SYSTEM, at=cast.at)
    message = second.filings.get().message
    Attachment.objects.create(
        message=message, blob=store(b"x", at=cast.at), key="k" * 43, name="bill.pdf"
    )

    def wholes(text: str) -> set[int]:
        groups = _found(cast, text).groups
        return {hit.whole for group in groups for hit in group.hits if group.sort == "message"}

    both = {first.pk, second.pk}
    assert wholes("parcel") == both
    assert wholes("parcel from:boris") == {second.pk}
    assert wholes("parcel from:example.net") == {second.pk}
    assert wholes('parcel from:"Boris Smirnov"') == {second.pk}
    assert wholes("from:boris@example.net") == {second.pk}
    assert wholes("parcel state:open") == {first.pk}
    assert wholes("parcel состояние:solved") == {second.pk}
    assert wholes("parcel has:attachment") == {second.pk}
    assert wholes("parcel brand:polka") == both
    assert wholes("parcel brand:liftcare") == set()
    assert wholes("parcel before:2026-03-02") == set()
    assert wholes("parcel before:03.03.2026 after:yesterday") == both
    assert wholes("parcel -two") == {first.pk}
    assert wholes('"parcel two"') == {second.pk}
    assert wholes('"two parcel"') == set()
    assert wholes("parcel in:notes") == set()


def test_a_filter_that_makes_no_sense_is_told_and_the_rest_is_found(cast: Cast) -> None:
    cast.ticket("parcel")
    results = _found(cast, "parcel state:flying")
    assert "state:flying" in results.problems[0]
    assert not results.is_empty


@pytest.mark.parametrize(
    "odd",
    [
        "",
        " ",
        '"',
        '""',
        "-",
        "-x",
        "the",
        ":",
        "from:",
        "a:b:c",
        "' | '",
        "\\",
        "((",
        "!",
        "*",
        "\x00",
        "😀",
        "%",
        "from:'",
        "-" * 500,
        "x" * 5000,
        'from:"',
        "state:",
        "<->",
        "1e999",
        "९९",
    ],
)
def test_whatever_is_typed_is_no_error(cast: Cast, odd: str) -> None:
    cast.ticket("the parcel")
    assert _found(cast, odd) is not None


def test_words_in_office_files_are_found_once_they_were_read_and_never_after_erasing(
    cast: Cast,
) -> None:
    blob = store(docx("Гарантийный талон насоса", "Serial 8150"), at=cast.at)
    ticket = cast.ticket("See attached", files=(InboundFile(blob=blob, name="scan.docx"),))
    assert _ids(_found(cast, "насос"), "file") == []
    assert read_due(by=SYSTEM, at=cast.at) == 1
    (group,) = _found(cast, "талоны насосов").groups
    assert (group.sort, group.hits[0].whole) == ("file", ticket.pk)
    assert "насоса" in group.hits[0].snippet
    assert _found(cast, "насос", member=cast.lev).is_empty
    erase(ticket.requester, by=SYSTEM, at=cast.at)
    assert _found(cast, "насос").is_empty


def test_a_filter_on_very_much_ends_in_time_with_what_is_newest_and_a_sentence(
    cast: Cast,
) -> None:
    ticket = cast.ticket("The parcel")
    _index()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO search_entry (sort, id, whole, at, words)"
            " SELECT sort, id - 1 - place, whole, at, words"
            "  FROM search_entry, generate_series(1, 60000) AS place WHERE sort = 'message'"
        )
    asked = {"actor": cast.actor(cast.olga), "at": cast.at}
    whole = find("parcel state:new", **asked)
    assert whole.problems == ()
    assert _ids(whole, "message") == [ticket.filings.get().message_id]
    hasty = find("parcel state:closed", patience=timedelta(milliseconds=3), **asked)
    (sentence,) = hasty.problems
    assert "only the newest" in sentence
    # The transaction goes on as if nothing had been.
    assert _ids(find("parcel", **asked), "ticket") == [ticket.pk]


def test_notes_and_files_are_found_with_their_words(cast: Cast) -> None:
    ticket = cast.ticket()
    written = note(ticket, text="Расстроенный клиент", by=cast.actor(cast.olga), at=cast.at)
    file = Attachment.objects.create(
        message=ticket.filings.get().message,
        blob=store("Серийный номер: ZX-99-1".encode(), at=cast.at),
        key="k" * 43,
        name="passport_2024.txt",
    )
    assert _ids(_found(cast, "расстроенный клиент"), "note") == [written.pk]
    for asked in ("passport", "2024", "серийные", "ZX-99-1"):
        assert _ids(_found(cast, asked), "file") == [file.pk], asked


def test_what_changes_is_found_as_it_is_now(cast: Cast) -> None:
    ticket = cast.ticket()
    olga = cast.actor(cast.olga)
    rename(ticket, subject="Giraffe", by=olga, at=cast.at)
    assert _ids(_found(cast, "giraffe"), "ticket") == [ticket.pk]
    said = Answer(text="Hippopotamus", to=(cast.anna,), due_at=cast.at)
    message = answer(ticket, said, by=olga, at=cast.at)
    assert _ids(_found(cast, "hippopotamus"), "message") == [message.pk]
    withdraw_answer(ticket, message, by=olga, at=cast.at)
    rename(ticket, subject="Parcel", by=olga, at=cast.at)
    assert _found(cast, "hippopotamus").is_empty
    assert _found(cast, "giraffe").is_empty


def test_a_merged_message_is_found_on_the_ticket_where_it_stands(cast: Cast) -> None:
    source, target = cast.ticket("lonely llama"), cast.ticket()
    olga = cast.actor(cast.olga)

    def where() -> int:
        return _found(cast, "llama").groups[0].hits[0].whole

    assert where() == source.pk
    regrouping = merge(source, target, by=olga, at=cast.at)
    assert where() == target.pk
    undo(regrouping, by=olga, at=cast.at)
    assert where() == source.pk


def test_an_erased_person_is_gone_at_once_and_stays_gone(cast: Cast) -> None:
    ticket = cast.ticket("my secret platypus", subject="Platypus")
    note(ticket, text="platypus of Petrova", by=SYSTEM, at=cast.at)
    other = cast.ticket("another platypus", sender=cast.boris)
    assert len(_found(cast, "platypus").groups) == 3
    erase(cast.anna.person, by=SYSTEM, at=cast.at)
    olga = cast.actor(cast.olga)
    for asked in ("petrova", "secret", "from:anna", "anna@example.org"):
        assert find(asked, actor=olga, at=cast.at).is_empty, asked
    assert find("petrowa", actor=olga, at=cast.at).taken_for == ()
    left = find("platypus", actor=olga, at=cast.at)
    assert [hit.whole for group in left.groups for hit in group.hits] == [other.pk]
    assert _found(cast, "secret").is_empty
    assert _ids(_found(cast, f"#{ticket.number}"), "ticket") == [ticket.pk]


def test_pages_of_one_sort_follow_each_other_without_gap_or_double(cast: Cast) -> None:
    tickets = [cast.ticket("parcel " * (number + 1)) for number in range(7)]
    seen: list[int] = []
    after = None
    while True:
        (group,) = _found(cast, "parcel", sort="message", after=after, limit=3).groups
        seen += [hit.whole for hit in group.hits]
        after = group.next
        if after is None:
            break
    assert sorted(seen) == sorted(ticket.pk for ticket in tickets)


@pytest.mark.parametrize("wrong", ["x", "1", "1_", "nan_1", "1_x", "inf_2", "1e999_1"])
def test_what_is_no_place_is_refused(cast: Cast, wrong: str) -> None:
    cast.ticket("parcel")
    with pytest.raises(WrongPlace):
        _found(cast, "parcel", sort="message", after=wrong)


def test_indexing_twice_is_indexing_once(cast: Cast) -> None:
    ticket = cast.ticket("parcel")
    first = _found(cast, "parcel")
    assert _found(cast, "parcel") == first
    rebuild(MESSAGES, [ticket.filings.get().message_id, 10**9])
    assert _found(cast, "parcel") == first


def test_questions_to_the_database_do_not_grow_with_what_is_found(cast: Cast) -> None:
    def questions() -> int:
        _index()
        with CaptureQueriesContext(connection) as asked:
            assert find("parcel words", actor=olga, at=cast.at).groups
        return len(asked)

    olga = cast.actor(cast.olga)
    cast.ticket("parcel with words")
    one = questions()
    for _ in range(4):
        cast.ticket("parcel with words")
    assert questions() <= one <= 50
