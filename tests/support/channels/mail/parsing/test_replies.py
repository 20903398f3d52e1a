"""Replies: what is new in a mail, whoever wrote it with whatever program in whatever language."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ambidesk.support.channels.mail.parsing.replies.extracting import extract
from tests.support.channels.mail.parsing.writing import letter, page

SAID = "Thank you, it works now.\n\nOne more thing: the second lift is slow."
QUOTED = "Hello Anna,\n\nplease try to restart it.\n\nSupport Desk"
HERE = Path(__file__).parent
LINES = (HERE / "attributions.txt").read_text().splitlines()
ATTRIBUTIONS = {
    name: text.replace("\\n", "\n") for name, _, text in (line.partition("|") for line in LINES)
}


def marked(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))


def wrapped(text: str, width: int = 40) -> str:
    """Break a line where mailers would, at a space."""
    lines = [""]
    for word in text.split(" "):
        if lines[-1] and len(lines[-1]) + len(word) >= width:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    return "\n".join(lines)


@pytest.mark.parametrize("name", ATTRIBUTIONS)
def test_what_stands_above_an_attribution_and_its_quote_is_new(name: str) -> None:
    assert letter(f"{SAID}\n\n{ATTRIBUTIONS[name]}\n{marked(QUOTED)}\n").reply == SAID


@pytest.mark.parametrize("name", ATTRIBUTIONS)
def test_a_quote_may_stand_after_a_blank_line_or_without_marks(name: str) -> None:
    assert letter(f"{SAID}\n\n{ATTRIBUTIONS[name]}\n\n{marked(QUOTED)}\n").reply == SAID
    assert letter(f"{SAID}\n\n{ATTRIBUTIONS[name]}\n\n{QUOTED}\n").reply == SAID


@pytest.mark.parametrize("name", [name for name, text in ATTRIBUTIONS.items() if "\n" not in text])
def test_an_attribution_may_be_wrapped(name: str) -> None:
    assert letter(f"{SAID}\n\n{wrapped(ATTRIBUTIONS[name])}\n{marked(QUOTED)}\n").reply == SAID


def test_answers_below_and_between_quotes_are_all_kept() -> None:
    text = f"Hi,\n\n{ATTRIBUTIONS['en gmail']}\n> Which lift?\n\nThe second.\n\n> And since when?\n\nMonday.\n"
    assert letter(text).reply == "Hi,\n\nThe second.\n\nMonday."
    below = f"{ATTRIBUTIONS['ru gmail']}\n> Какой лифт?\n\nВторой.\n"
    assert letter(below).reply == "Второй."


@pytest.mark.parametrize(
    "text",
    [
        "On Monday the driver wrote: come later.\n\nSo I came later.",
        "In 2024 he said:\n\nnothing at all.",
        "He wrote: thanks.",
        "Dear all,\n\nAt 10:15 the lift stopped. From: there on nobody could leave.\nTo: nobody.",
        "В понедельник, 3 марта, мастер писал:\n\nприеду завтра, но не приехал",
        "From the start:\n1. open\n2. close",
        "Date: tomorrow\nfits me",
        "I need > 5 pieces\nand < 10",
        "Subject: matter expert wanted",
        "You wrote that it works. It does not.",
    ],
)
def test_speech_that_looks_like_an_attribution_is_speech(text: str) -> None:
    assert letter(text).reply == text


def test_a_forwarded_mail_is_not_what_its_sender_says_unless_nothing_else_is() -> None:
    original = "---------- Forwarded message ---------\nFrom: Boris <boris@example.net>\nDate: Mon, Mar 3, 2025 at 10:15 AM\nSubject: Lift\nTo: Anna <anna@example.org>\n\nThe lift stands still."
    assert letter(f"Please look.\n\n{original}").reply == "Please look."
    assert letter(original).reply == "The lift stands still."


GMAIL = '<div dir="ltr">{said}</div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">On Mon, Mar 3, 2025 at 10:15 AM Support &lt;<a href="mailto:s@example.com">s@example.com</a>&gt; wrote:<br></div><blockquote class="gmail_quote" style="margin:0 0 0 .8ex">{quoted}</blockquote></div>'
OUTLOOK = '<div class="WordSection1"><p class="MsoNormal">{said}<o:p></o:p></p><p class="MsoNormal"><o:p>&nbsp;</o:p></p><div style="border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"><p class="MsoNormal"><b>From:</b> Support &lt;s@example.com&gt;<br><b>Sent:</b> Monday, March 3, 2025 10:15 AM<br><b>To:</b> Anna<br><b>Subject:</b> Lift<o:p></o:p></p></div><p class="MsoNormal">{quoted}</p></div>'
OUTLOOK_WEB = '<div>{said}</div><div id="appendonsend"></div><hr style="display:inline-block;width:98%"><div id="divRplyFwdMsg"><b>From:</b> Support</div><div>{quoted}</div>'
APPLE = '<div>{said}</div><br><div><blockquote type="cite"><div>On 3 Mar 2025, at 10:15, Support &lt;s@example.com&gt; wrote:</div><br><div>{quoted}</div></blockquote></div>'
THUNDERBIRD = '<p>{said}</p><div class="moz-cite-prefix">On 03/03/2025 10:15, Support wrote:<br></div><blockquote type="cite" cite="mid:1@x">{quoted}</blockquote>'
YAHOO = '<div>{said}</div><div id="yahoo_quoted_1" class="yahoo_quoted"><div>On Monday, 3 March 2025 at 10:15:00 GMT, Support &lt;s@example.com&gt; wrote:</div><div>{quoted}</div></div>'
YANDEX = '<div>{said}</div><div>&nbsp;</div><div>03.03.2025, 10:15, "Support" &lt;s@example.com&gt;:</div><blockquote><p>{quoted}</p></blockquote>'
MAIL_RU = '<div>{said}</div><br><br><blockquote style="border-left:1px solid #0857A6;margin:10px;padding:0 0 0 10px">Понедельник, 3 марта 2025, 10:15 +03:00 от Support &lt;s@example.com&gt;:<br><div>{quoted}</div></blockquote>'
PROTON = '<div>{said}</div><div class="protonmail_quote">On Monday, March 3rd, 2025 at 10:15 AM, Support &lt;s@example.com&gt; wrote:<br><blockquote class="protonmail_quote" type="cite">{quoted}</blockquote></div>'
PAGES = {
    "gmail": GMAIL,
    "outlook": OUTLOOK,
    "outlook on the web": OUTLOOK_WEB,
    "apple mail": APPLE,
    "thunderbird": THUNDERBIRD,
    "yahoo": YAHOO,
    "yandex": YANDEX,
    "mail.ru": MAIL_RU,
    "proton": PROTON,
}


@pytest.mark.parametrize("program", PAGES)
@pytest.mark.parametrize("said", ["It works now.", "Теперь работает.", "现在好了。"])
def test_a_page_of_each_program_gives_up_what_is_new(program: str, said: str) -> None:
    assert page(PAGES[program].format(said=said, quoted="Please restart it.")).reply == said


@pytest.mark.parametrize("program", PAGES)
def test_a_plain_part_that_does_not_show_its_quotes_is_read_by_its_page(program: str) -> None:
    html = PAGES[program].format(said="It works now.", quoted="Please restart it.")
    assert page(html, "It works now.\n\nPlease restart it.").reply == "It works now."


def test_a_text_is_given_back_whole_when_nothing_in_it_is_quoted() -> None:
    said = "Good day,\n\nwhere is my parcel?\n\n  1. the first\n  2. the second\n\nAnna"
    assert letter(said).reply == said


@given(st.lists(st.text(alphabet="abc >:-\n", max_size=30), max_size=20))
def test_a_reply_is_made_of_lines_of_the_text(lines: list[str]) -> None:
    text = "\n".join(lines)
    of_text = {line.rstrip() for line in text.split("\n")} | {""}
    assert set(extract(text).reply.split("\n")) <= of_text


@given(st.text(max_size=400))
def test_any_text_has_a_reply_that_is_no_longer(text: str) -> None:
    assert len(extract(text).reply) <= len(text)


@given(st.text(alphabet="abc def.\n", min_size=1, max_size=100).map(str.strip).filter(bool))
def test_what_a_reply_says_is_new_again_when_sent_alone(text: str) -> None:
    once = extract(text).reply
    assert extract(once).reply == once
