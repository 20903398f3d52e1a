"""The Russian of Ambidesk: complete, true to its placeholders, and in one spelling."""

import re
from collections.abc import Iterator

from django.utils import dates

from tests.house.catalogue import entries

PLACEHOLDER = re.compile(r"%\(\w+\)[-#0 +]*[\d.]*[a-z]|%[a-z%]|\{+\w*(?:![rs])?\}+")
CYRILLIC = re.compile(r"[А-Яа-яЁё]")
LATIN = re.compile(r"[A-Za-z]")
# Names, the same in every language, that may stand as a whole sentence.
NAMES = re.compile(
    r"\b(Ambidesk|PostgreSQL|SMTP|LMTP|IMAP|STARTTLS|TLS|SSL|DKIM|URL|JSON|Markdown|CSV|ID|IP|QR|SLA|API|TOTP|Fwd|Re|Telegram|MAX|CSAT|NPS|CES"
    r"|Asterisk|Mango Office|Novofon|UIS|CoMagic|OpenID Connect|SAML|OIDC)\b"
)
# A letter of one alphabet beside one of the other: a look-alike that search would never find.
MIXED = re.compile(r"[А-Яа-яЁё][A-Za-z]|[A-Za-z][А-Яа-яЁё]")
WITHOUT_DOTS = re.compile(
    r"\b(еще|ее|учет\w*|отчет\w*|расчет(?!а\b|ов\b|ам\b|ами\b|ах\b)\w*|счет(?!а\b|ов\b|ам\b|ами\b|ах\b)\w*|темн\w*|зелен\w*|тверд\w*|трех|четырех|дает|"
    r"\w*(идет|йдет|ведет|ждет|шлет|берет)|прочтен\w*|сохранен|удален|включен|подтвержден)\b",
    re.IGNORECASE,
)
# One word for one thing: what another desk would say, and what this one says.
SAID_OTHERWISE = {
    "тикет": "заявка",
    "обращение №": "заявка",
    "тег": "метка",
    "агент": "оператор",
    "представление": "подборка",
    "пожалуйста": "nothing: be short",
    "email": "эл. почта",
    "e-mail": "эл. почта",
    "осуществ": "a plain verb",
    "данный": "этот",
}
# What stands beside the number is the same for 1, 2 and 5: no word there bends.
UNBENT = {
    "%(n)s h",
    "%(n)s min",
    "%(n)s more",
    "and %(n)s more",
    "%(n)s in all",
    "%(n)s told",
    "%(n)s not told",
    "At most %(n)s a day.",
    "Did you mean {possibility}?",
    "Option {name!r} requires an argument.",
    "{value!r} is not {choice}.",
}
QUOTES = re.compile(r"[“”„]")
ENDS = ".…?:!"


def _forms() -> Iterator[tuple[str, str, str]]:
    """English model, the same with its context, one Russian form."""
    for entry in entries():
        for form in entry.russian:
            yield entry.model, f"{entry.context} {entry.english}".strip(), form


def _placeholders(sentence: str) -> set[str]:
    # How a value is quoted may differ: English by its repr, Russian by its own quotes.
    return {found.replace("!r", "") for found in PLACEHOLDER.findall(sentence)}


def test_the_catalogue_is_read() -> None:
    assert len(entries()) > 400
    assert any(entry.many and len(entry.russian) == 4 for entry in entries())


def test_every_sentence_has_its_russian_forms() -> None:
    assert [e.english for e in entries() if not all(e.russian) or not e.russian] == []


def test_words_beside_a_number_bend_with_it() -> None:
    # A catalogue filled with one form for all numbers says "4 открытую заявку".
    same = {e.english for e in entries() if e.many and len(set(e.russian[:3])) == 1}
    assert sorted(same - UNBENT) == []


def test_no_sentence_is_a_guess_of_the_tools() -> None:
    assert [e.english for e in entries() if e.is_fuzzy] == []


def test_every_form_carries_the_placeholders_of_the_english() -> None:
    found = [
        f"{where}: {form}"
        for english, where, form in _forms()
        if _placeholders(form) != _placeholders(english)
    ]
    assert found == []


def test_russian_is_written_in_cyrillic_letters() -> None:
    found = []
    for _english, where, form in _forms():
        words = NAMES.sub("", PLACEHOLDER.sub("", form))
        if LATIN.search(words) and not CYRILLIC.search(words):
            found.append(f"{where}: {form}")
    assert found == []


def test_no_word_mixes_two_alphabets() -> None:
    found = [
        f"{where}: {form}"
        for _english, where, form in _forms()
        if MIXED.search(PLACEHOLDER.sub(" ", form))
    ]
    assert found == []


def test_a_sentence_ends_as_the_english_one_does() -> None:
    found = [
        f"{where}: {form}"
        for english, where, form in _forms()
        if (form[-1] in ENDS or english[-1] in ENDS) and form[-1] != english[-1]
    ]
    assert found == []


def test_quotes_are_russian_ones_and_dots_stand_over_e() -> None:
    found = [
        f"{where}: {form}"
        for _english, where, form in _forms()
        if QUOTES.search(form) or WITHOUT_DOTS.search(form) or "  " in form.strip()
    ]
    assert found == []


def test_one_thing_has_one_word() -> None:
    found = [
        f"{where}: {form} (say {word})"
        for _english, where, form in _forms()
        for other, word in SAID_OTHERWISE.items()
        if re.search(rf"\b{re.escape(other)}", PLACEHOLDER.sub("", form), re.IGNORECASE)
    ]
    assert found == []


def test_no_word_of_ours_takes_the_place_of_a_month_or_a_day() -> None:
    """Our words win over Django's: "May", said of a right, would become the name of a month."""
    dated = (dates.MONTHS, dates.MONTHS_3, dates.WEEKDAYS, dates.WEEKDAYS_ABBR)
    taken = {str(name) for names in dated for name in names.values()}
    assert [e.english for e in entries() if not e.context and e.english in taken] == []
