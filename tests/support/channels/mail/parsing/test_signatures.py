"""Signatures: what stands below a text is cut, what is said is kept."""

import pytest

from tests.support.channels.mail.parsing.writing import letter

SAID = "The lift stands still.\n\nPlease send somebody."
CUT = {
    "delimiter": "-- \nAnna Petrova\nPolka Ltd\n+7 900 123-45-67",
    "delimiter without its space": "--\nAnna",
    "underscores": "__\nAnna",
    "iphone": "Sent from my iPhone",
    "iphone in russian": "Отправлено с iPhone",
    "android in german": "Von meinem Android-Gerät gesendet",
    "samsung": "Sent from my Samsung Galaxy smartphone.",
    "outlook": "Get Outlook for iOS<https://aka.ms/o0ukef>",
    "outlook in russian": "Скачать Outlook для Android",
    "yandex": "Отправлено из мобильной Яндекс Почты: http://m.ya.ru/ymail",
    "mail.ru": "Отправлено из Почты Mail для Android",
    "french": "Envoyé de mon iPhone",
    "chinese": "发自我的iPhone",
    "korean": "나의 iPhone에서 보냄",
    "turkish": "iPhone'umdan gönderildi",
    "contacts": "Anna Petrova\nPolka Ltd, Moscow\nTel. +7 900 123-45-67\nanna@example.org\nwww.example.org",
    "confidentiality": "CONFIDENTIALITY NOTICE: This e-mail is for its recipient only.",
    "confidentiality in russian": "Это сообщение и любые приложения являются конфиденциальными.",
    "list footer": "_______________________________________________\nlifts mailing list\nlifts@lists.example.org",
    "virus": "Virus-free. www.avast.com",
}


@pytest.mark.parametrize("what", CUT)
def test_what_stands_below_a_text_is_cut(what: str) -> None:
    assert letter(f"{SAID}\n\n{CUT[what]}\n").reply == SAID


@pytest.mark.parametrize(
    "closing",
    [
        "Best regards,\nAnna",
        "Kind regards\nAnna",
        "С уважением,\nАнна",
        "Mit freundlichen Grüßen\nAnna",
        "Thanks!",
    ],
)
def test_a_closing_and_its_name_are_said(closing: str) -> None:
    said = f"{SAID}\n\n{closing}"
    assert letter(said).reply == said


def test_a_closing_stays_when_the_contacts_below_it_go() -> None:
    mail = letter(f"{SAID}\n\nС уважением,\nАнна Петрова\n+7 900 123-45-67\nanna@example.org\n")
    assert mail.reply == f"{SAID}\n\nС уважением,\nАнна Петрова"


def test_a_device_line_above_a_quote_is_cut_with_it() -> None:
    mail = letter(
        f"{SAID}\n\nSent from my iPhone\n\nOn 3 Mar 2025, at 10:15, Desk <d@x.example> wrote:\n> Hi\n"
    )
    assert mail.reply == SAID


@pytest.mark.parametrize(
    "said",
    [
        "Sent from my desk, is much easier than my mobile phone.",
        "Sent from Moscow on Monday. It never came. Where is it?",
        "Please call me:\n+7 900 123-45-67",
        "My new address is\nanna@example.org",
        "Get the app running, please, it does not start on my phone",
        "Options:\n-- red\n-- blue",
        "Confidential: between us, the lift is old.\nIt needs a new rope.",
    ],
)
def test_speech_that_looks_like_a_signature_is_speech(said: str) -> None:
    assert letter(said).reply == said


def test_a_warning_about_outside_senders_above_a_text_is_cut() -> None:
    warning = "CAUTION: This email originated from outside of the organization. Do not click links."
    assert letter(f"{warning}\n\n{SAID}").reply == SAID
    assert letter(f"[EXTERNAL]\n\n{SAID}").reply == SAID


def test_a_mail_that_is_only_a_signature_says_nothing_new() -> None:
    assert letter("-- \nAnna\n+7 900 123-45-67\n").reply == ""
