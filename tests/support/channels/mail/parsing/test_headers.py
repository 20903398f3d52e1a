"""Headers: fields as real mailers fold, tear and repeat them."""

import pytest

from ambidesk.support.channels.mail.parsing import limits
from ambidesk.support.channels.mail.parsing.defects import Defect
from ambidesk.support.channels.mail.parsing.reading import parse
from tests.support.channels.mail.parsing.writing import headers, read

FROM = "From: anna@example.org"


def test_a_folded_subject_is_one_line() -> None:
    assert headers(FROM, "Subject: where", "\tis my", "  parcel").subject == "where is my parcel"


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\r\r\n"])
def test_lines_end_as_they_end(end: str) -> None:
    mail = parse(end.join([FROM, "Subject: ends", "", "first", "second"]).encode())
    assert mail.subject == "ends"
    assert mail.text.split() == ["first", "second"]


def test_names_of_fields_may_be_written_in_any_case_and_before_a_space() -> None:
    mail = headers("FROM : anna@example.org", "sUBJECT:x", "Message-id:<1@x.example>")
    assert (mail.senders[0].address, mail.subject, mail.message_id) == (
        "anna@example.org",
        "x",
        "1@x.example",
    )


@pytest.mark.parametrize(
    "before",
    ["From anna@example.org Mon Mar  3 10:15:00 2025\n", "\n\n", "\ufeff", ">From x\n", "   "],
)
def test_what_mailboxes_put_before_the_first_header_is_skipped(before: str) -> None:
    assert read(f"{before}{FROM}\nSubject: after\n\nwords").subject == "after"


def test_a_line_without_a_name_between_headers_is_folded_in_and_noted() -> None:
    mail = headers(FROM, "Subject: one", "two", "To: help@polka.example")
    assert mail.subject == "one two"
    assert mail.to[0].address == "help@polka.example"
    assert Defect.HEADER_MALFORMED in mail.defects


def test_a_line_of_white_space_does_not_end_headers_that_go_on() -> None:
    mail = headers(FROM, "Subject: one", "   ", "Content-Type: text/html", "", "<b>bold</b>")
    assert (mail.subject, mail.text.split()[0]) == ("one", "bold")
    assert Defect.HEADER_MALFORMED in mail.defects


def test_a_text_that_begins_after_a_line_of_white_space_is_text() -> None:
    mail = read(f"{FROM}\nSubject: one\n \nNote: this is said\n")
    assert mail.text == "Note: this is said\n"


def test_words_right_behind_the_headers_are_the_text() -> None:
    mail = read(f"{FROM}\nSubject: no blank line\nHello, nobody left a line here.\nAnd so on.\n")
    assert mail.text.startswith("Hello, nobody")


def test_ids_stand_without_brackets_comments_and_breaks() -> None:
    mail = headers(
        FROM,
        "Message-ID: <one@x.example> (added)",
        "In-Reply-To: Your message of Monday <two@x.example>",
        "References: <three@x.example><four@x.",
        "\texample> five@x.example",
    )
    assert mail.message_id == "one@x.example"
    assert mail.in_reply_to == "two@x.example"
    assert mail.references == ("three@x.example", "four@x.example")


def test_ids_without_brackets_are_taken_where_there_are_no_others() -> None:
    mail = headers(FROM, "References: a@x.example b@x.example", "Message-ID: lone")
    assert mail.references == ("a@x.example", "b@x.example")
    assert mail.message_id == "lone"


def test_of_very_many_references_the_last_are_kept() -> None:
    mail = headers(FROM, "References: " + " ".join(f"<{n}@x.example>" for n in range(1_000)))
    assert len(mail.references) == limits.REFERENCES
    assert mail.references[-1] == "999@x.example"


@pytest.mark.parametrize(
    "written, instant",
    [
        ("Mon, 3 Mar 2025 10:15:00 +0300", "2025-03-03T10:15:00+03:00"),
        ("3 Mar 25 10:15 GMT", "2025-03-03T10:15:00+00:00"),
        ("Mon, 03 Mar 2025 10:15:00 -0000", "2025-03-03T10:15:00+00:00"),
        ("Mon,  3 Mar 2025 10:15:00 +0300 (MSK)", "2025-03-03T10:15:00+03:00"),
        ("Mon, 3 Mar 2025 10: 15: 00 EST", "2025-03-03T10:15:00-05:00"),
        ("2025-03-03T10:15:00Z", "2025-03-03T10:15:00+00:00"),
        ("2025-03-03 10:15:00+03:00", "2025-03-03T10:15:00+03:00"),
        ("Mon, 3 Mar 2025 23:59:60 +0000", "2025-03-03T23:59:59+00:00"),
    ],
)
def test_dates_are_instants_with_their_offset(written: str, instant: str) -> None:
    found = headers(FROM, f"Date: {written}").date
    assert found is not None
    assert found.isoformat() == instant


@pytest.mark.parametrize(
    "written",
    [
        "yesterday",
        "Mon, 99 Mar 2025 10:15:00",
        "0",
        "Mon, 3 Mar 99999 10:15:00",
        "3 Mar 2025 10:15 +99999999",
    ],
)
def test_a_wrong_date_is_none_and_noted_or_an_instant(written: str) -> None:
    mail = headers(FROM, f"Date: {written}")
    assert mail.date is None or mail.date.tzinfo is not None
    assert (mail.date is None) is (Defect.DATE_MALFORMED in mail.defects)


def test_a_missing_date_is_none_and_no_defect() -> None:
    mail = headers(FROM)
    assert (mail.date, mail.defects) == (None, ())


def test_control_characters_leave_the_subject() -> None:
    mail = headers(FROM, "Subject: =?utf-8?q?a=0D=0ABcc:_x=00y=1B?=")
    assert mail.subject == "a Bcc: x y\x1b" or "\n" not in mail.subject
    assert not set(mail.subject) & set("\r\n\x00")


def test_too_many_and_too_long_headers_are_cut_and_noted() -> None:
    many = headers(*[f"X-{n}: y" for n in range(2_000)], FROM)
    assert Defect.HEADERS_TOO_MANY in many.defects
    assert many.text == "words\n"
    long = headers(FROM, "Subject: " + "a" * 200_000)
    assert Defect.HEADER_TOO_LONG in long.defects
    assert len(long.subject) == limits.FIELD_BYTES


def test_a_text_without_headers_is_text_and_noted() -> None:
    mail = read("Just words.\n\nNothing else.")
    assert mail.text == "Just words.\n\nNothing else."
    assert Defect.HEADERS_MISSING in mail.defects
    assert not mail.sender_verified
