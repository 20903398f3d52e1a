"""Senders: who a mail says it is from, and when that counts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ambidesk.support.channels.mail.parsing.defects import Defect
from ambidesk.support.channels.mail.parsing.findings import Findings
from ambidesk.support.channels.mail.parsing.headers.addresses import read_mailboxes
from tests.support.channels.mail.parsing.writing import headers

PLAIN = [
    ("anna@example.org", "", "anna@example.org"),
    ("<anna@example.org>", "", "anna@example.org"),
    ("Anna <anna@example.org>", "Anna", "anna@example.org"),
    ('"Petrova, Anna" <anna@example.org>', "Petrova, Anna", "anna@example.org"),
    ("anna@example.org (Anna Petrova)", "Anna Petrova", "anna@example.org"),
    ("=?utf-8?b?0JDQvdC90LA=?= <anna@example.org>", "Анна", "anna@example.org"),
    ('"=?utf-8?b?0JDQvdC90LA=?=" <anna@example.org>', "Анна", "anna@example.org"),
    ("Anna Петрова <anna@example.org>", "Anna Петрова", "anna@example.org"),
    ("<@relay.example,@other.example:anna@example.org>", "", "anna@example.org"),
    ("анна@почта.рф", "", "анна@почта.рф"),
    ("anna+tag@sub.example.org", "", "anna+tag@sub.example.org"),
    ('"anna petrova"@example.org', "", '"anna petrova"@example.org'),
    ("anna@[192.0.2.1]", "", "anna@[192.0.2.1]"),
    ('"Anna \\"the first\\"" <anna@example.org>', 'Anna "the first"', "anna@example.org"),
    ("'Anna' <anna@example.org>", "Anna", "anna@example.org"),
]
DOUBTFUL = [
    ("a@good.example <b@evil.example>", "b@evil.example", Defect.FROM_NAME_HOLDS_ADDRESS),
    ('"a@good.example" <b@evil.example>', "b@evil.example", Defect.FROM_NAME_HOLDS_ADDRESS),
    (
        "=?utf-8?q?support=40bank.example?= <b@evil.example>",
        "b@evil.example",
        Defect.FROM_NAME_HOLDS_ADDRESS,
    ),
    ("a@good.example, b@evil.example", "a@good.example", Defect.FROM_SEVERAL),
    ("<a@good.example> <b@evil.example>", "b@evil.example", Defect.FROM_MALFORMED),
    ("Ann <a@good.example> Bob <b@evil.example>", "a@good.example", Defect.FROM_SEVERAL),
    ("Anna <anna@example.org", "anna@example.org", Defect.FROM_MALFORMED),
    ("Anna anna@example.org", "anna@example.org", Defect.FROM_MALFORMED),
    ("Anna", "", Defect.FROM_MALFORMED),
    ("Anna <anna@@example.org>", "anna@@example.org", Defect.FROM_MALFORMED),
    ("Anna <anna@exa mple.org>", "anna@exa mple.org", Defect.FROM_MALFORMED),
    ("Anna <a@b@c.example>", "a@b@c.example", Defect.FROM_MALFORMED),
    ("<anna@example.org> trailing@evil.example", "anna@example.org", Defect.FROM_MALFORMED),
    ("=?utf-8?q?Anna=0D=0ABcc=3A_x?= <a@x.example>", "a@x.example", Defect.FROM_CONTROL_CHARACTERS),
    ("", "", Defect.FROM_MISSING),
    ("undisclosed:;", "", Defect.FROM_MALFORMED),
]


@pytest.mark.parametrize("written, name, address", PLAIN)
def test_a_plain_sender_is_taken_at_its_word(written: str, name: str, address: str) -> None:
    mail = headers(f"From: {written}")
    assert [(one.name, one.address) for one in mail.senders] == [(name, address)]
    assert mail.sender_verified
    assert mail.defects == ()


@pytest.mark.parametrize("written, address, defect", DOUBTFUL)
def test_a_doubtful_sender_does_not_count(written: str, address: str, defect: Defect) -> None:
    mail = headers(f"From: {written}")
    assert (mail.senders[0].address if mail.senders else "") == address
    assert defect in mail.defects
    assert not mail.sender_verified


def test_two_from_headers_count_for_nothing() -> None:
    mail = headers("From: anna@example.org", "From: boris@example.org")
    assert [one.address for one in mail.senders] == ["anna@example.org", "boris@example.org"]
    assert Defect.FROM_REPEATED in mail.defects
    assert not mail.sender_verified


def test_even_the_same_from_header_twice_counts_for_nothing() -> None:
    mail = headers("From: anna@example.org", "From: anna@example.org")
    assert not mail.sender_verified


def test_a_missing_from_counts_for_nothing_though_there_is_a_sender() -> None:
    mail = headers("Sender: anna@example.org", "Reply-To: anna@example.org")
    assert Defect.FROM_MISSING in mail.defects
    assert (mail.senders, mail.sender_verified) == ((), False)


def test_a_name_may_repeat_its_own_address() -> None:
    assert headers('From: "anna@example.org" <anna@example.org>').sender_verified
    assert headers('From: "Anna (ANNA@example.org)" <anna@example.org>').sender_verified


def test_lists_of_recipients_are_read_with_groups_commas_and_semicolons() -> None:
    mail = headers(
        "From: anna@example.org",
        'To: "Doe, Jane" <jane@example.org>, Team: bob@example.org, <tim@example.org>;,',
        "\tDoe, John <john@example.org>",
        "Cc: a@example.org; b@example.org",
        "To: again@example.org",
    )
    assert [one.address for one in mail.to] == [
        "jane@example.org",
        "bob@example.org",
        "tim@example.org",
        "john@example.org",
        "again@example.org",
    ]
    assert mail.to[3].name == "Doe, John"
    assert [one.address for one in mail.cc] == ["a@example.org", "b@example.org"]


def test_control_characters_are_no_part_of_an_address() -> None:
    mail = headers("From: anna\x00@example.org", "To: <boris\x0b@example.org>")
    assert not mail.sender_verified
    assert not any(set(one.address) & set("\x00\x0b") for one in (*mail.senders, *mail.to))


@given(st.text(max_size=120))
def test_any_text_is_some_mailboxes(text: str) -> None:
    for mailbox in read_mailboxes(text, Findings()):
        if mailbox.is_clean:
            assert mailbox.address.address.rpartition("@")[0]
            assert not set(mailbox.address.address.rpartition("@")[2]) & set("<>(),;@\r\n")


@given(
    st.lists(
        st.sampled_from(['"', "<", ">", "(", ")", ",", ";", ":", "@", " ", "a", "\\", "[", "]"])
    )
)
def test_only_one_whole_address_is_ever_clean(pieces: list[str]) -> None:
    text = "".join(pieces)
    clean = [one for one in read_mailboxes(text, Findings()) if one.is_clean]
    assert all("@" in one.address.address for one in clean)
