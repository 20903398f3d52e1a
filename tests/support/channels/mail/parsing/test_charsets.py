"""Charsets: labelled, mislabelled and not labelled at all."""

import base64
import quopri

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ambidesk.support.channels.mail.parsing.defects import Defect
from ambidesk.support.channels.mail.parsing.findings import Findings
from ambidesk.support.channels.mail.parsing.reading import parse
from ambidesk.support.channels.mail.parsing.texts.charsets import codec_of, decode
from tests.support.channels.mail.parsing.writing import HEAD, headers, letter

RUSSIAN = "Здравствуйте! Посылка не пришла, верните деньги. Ёлка."
SPOKEN = {
    "koi8-r": RUSSIAN,
    "windows-1251": RUSSIAN + " № 5 — «да»",
    "iso-8859-5": RUSSIAN,
    "cp866": RUSSIAN,
    "iso-8859-1": "Grüße aus Köln, où est mon colis ?",
    "windows-1252": "“Ünïcode” — 5 €",
    "iso-8859-15": "5 € für Žižek",
    "windows-1250": "Příliš žluťoučký kůň, zażółć gęślą jaźń",
    "iso-8859-2": "Příliš žluťoučký kůň",
    "windows-1254": "İstanbul'da ığdır şişe",
    "windows-1255": "שלום, היכן ההזמנה שלי",
    "gb18030": "你好，我的包裹还没有到",
    "gb2312": "你好，我的包裹",
    "big5": "您好，我的包裹還沒有到",
    "shift_jis": "こんにちは、荷物はどこですか",
    "iso-2022-jp": "こんにちは、荷物はどこですか",
    "euc-jp": "こんにちは、荷物はどこですか",
    "euc-kr": "안녕하세요 소포가 오지 않았습니다",
    "ks_c_5601-1987": "안녕하세요",
    "utf-7": "Привет, мир",
    "utf-16": "Привет, мир",
    "utf-8": "Привет 🎉 你好",
}


@pytest.mark.parametrize("charset", SPOKEN)
def test_a_text_is_read_in_the_charset_it_names(charset: str) -> None:
    said = SPOKEN[charset]
    codec = {"ks_c_5601-1987": "euc-kr"}.get(charset, charset)
    data = base64.encodebytes(said.encode(codec))
    kind = f"Content-Type: text/plain; charset={charset}\nContent-Transfer-Encoding: base64\n\n"
    mail = parse((HEAD + kind).encode() + data)
    assert mail.text == said
    assert mail.defects == ()


@pytest.mark.parametrize("charset", ["koi8-r", "windows-1251", "cp866", "iso-8859-5", "utf-8"])
@pytest.mark.parametrize("label", ["", "us-ascii", "unknown-8bit", "x-unknown", "default"])
def test_russian_without_a_true_label_is_read(charset: str, label: str) -> None:
    kind = f"Content-Type: text/plain; charset={label}\n" if label else ""
    assert parse((HEAD + kind + "\n").encode() + RUSSIAN.encode(charset)).text == RUSSIAN


@pytest.mark.parametrize("charset", ["gb18030", "big5", "shift_jis", "euc-kr", "euc-jp"])
def test_eastern_texts_without_a_label_are_read(charset: str) -> None:
    said = SPOKEN[charset] * 3
    assert parse((HEAD + "\n").encode() + said.encode(charset)).text == said


def test_western_texts_without_a_label_stay_western() -> None:
    said = "Grüße aus Köln, où est mon colis ? Ça va, señor"
    assert parse((HEAD + "\n").encode() + said.encode("cp1252")).text == said


def test_utf8_called_latin_is_read_as_utf8_and_noted() -> None:
    mail = parse(
        (HEAD + "Content-Type: text/plain; charset=iso-8859-1\n\n").encode() + "Grüße".encode()
    )
    assert mail.text == "Grüße"
    assert Defect.CHARSET_WRONG in mail.defects


def test_russian_called_latin_is_read_as_russian() -> None:
    kind = "Content-Type: text/plain; charset=iso-8859-1\n\n"
    mail = parse((HEAD + kind).encode() + RUSSIAN.encode("cp1251"))
    assert mail.text == RUSSIAN


def test_an_unknown_charset_is_a_defect_and_still_text() -> None:
    mail = parse(
        (HEAD + "Content-Type: text/plain; charset=martian\n\n").encode() + "Grüße".encode()
    )
    assert mail.text == "Grüße"
    assert Defect.CHARSET_UNKNOWN in mail.defects


def test_a_page_may_say_its_charset_itself() -> None:
    html = '<html><head><meta charset="windows-1251"></head><body>Привет, мир и все</body></html>'
    mail = parse((HEAD + "Content-Type: text/html\n\n").encode() + html.encode("cp1251"))
    assert mail.text == "Привет, мир и все"


def test_a_raw_subject_is_read_by_what_the_other_headers_say() -> None:
    head = b"From: =?koi8-r?B?4c7OwQ==?= <anna@example.org>\n"
    mail = parse(head + b"Subject: " + "Где посылка".encode("koi8-r") + b"\n\nwords")
    assert (mail.senders[0].name, mail.subject) == ("Анна", "Где посылка")


@pytest.mark.parametrize(
    "raw, said",
    [
        ("=?utf-8?B?0KfQtdC6?=", "Чек"),
        ("=?UTF-8?q?=D0=A7=D0=B5=D0=BA?=", "Чек"),
        ("=?utf-8?q?=D0=A7=D0?= =?utf-8?q?=B5=D0=BA?=", "Чек"),
        ("=?utf-8?B?0KfQtQ==?=\n =?utf-8?B?0Lo=?=", "Чек"),
        ("=?koi8-r?Q?=FE=C5=CB?= 42", "Чек 42"),
        ("=?utf-8*ru?Q?=D0=A7=D0=B5=D0=BA?=", "Чек"),
        ("=?windows-1251?B?3+4=?= (x)", "Яо (x)"),
        ("=?utf-8?q?a_b?=", "a b"),
        ("=?utf-8?q?a?b?=", "a?b"),
        ("=?utf-8?B?0KfQtdC6", "Чек"),
        ("=?nonsense?B?0KfQtdC6?=", "Чек"),
        ("no =?words here", "no =?words here"),
    ],
)
def test_encoded_words_are_read_as_mailers_write_them(raw: str, said: str) -> None:
    assert headers("From: a@example.org", f"Subject: {raw}").subject == said


def test_quoted_printable_keeps_what_was_written() -> None:
    said = "Длинная строка с пробелом в конце. " * 5
    coded = quopri.encodestring(said.encode()).decode()
    mail = parse(
        (
            HEAD
            + "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\n"
            + coded
        ).encode()
    )
    assert mail.text == said


@pytest.mark.parametrize(
    "label", ["base64", "rot13", "hex", "zlib", "bz2", "uu", "idna", "punycode"]
)
def test_codecs_that_are_no_charsets_are_never_run(label: str) -> None:
    assert codec_of(label) is None
    assert decode("Grüße".encode(), label, findings=Findings()) == "Grüße"


@given(st.binary(max_size=300), st.text(max_size=20))
def test_any_bytes_under_any_label_are_some_text(data: bytes, label: str) -> None:
    assert isinstance(decode(data, label, findings=Findings()), str)


@given(
    st.text(
        alphabet=st.characters(codec="utf-8", exclude_characters="\x00\r\x1b\ufeff"), max_size=200
    )
)
def test_utf8_is_read_back_as_it_was_written(said: str) -> None:
    assert letter(f"-{said}").text == f"-{said}"
