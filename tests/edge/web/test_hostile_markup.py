"""Markup of strangers against an attack corpus: what a browser would make of what is left."""

import re
import time
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser, LexborNode

from ambidesk.edge.web.workspace.ticket.markup import (
    FRAME_TAGS,
    SIMPLE_TAGS,
    framed,
    has_remote,
    is_complex,
    simple,
)
from ambidesk.support.channels.mail.parsing.html.cleaning import clean
from tests.edge.web.attacks import EVERYTHING, EVIL, FOREIGN, GOOD_LINKS, LEAKS, SCRIPTS

PICTURES = {"logo@x.example": "/files/abc?inline=1"}
FORBIDDEN = re.compile(
    r"^(?:on|hx-|data-|xlink|xmlns|srcset$|background$|poster$|action$|formaction$|srcdoc$|id$|class$"
    r"|name$|ping$|cite$|is$|slot$|part$|popover|autofocus|tabindex|contenteditable|accesskey|lowsrc"
    r"|dynsrc|longdesc|usemap|http-equiv)"
)
FORBIDDEN_STYLE = re.compile(
    r"url|expression|import|javascript|position|transform|z-index|animation|transition|opacity"
    r"|pointer-events|clip|blend|content|behavior|binding|filter|\\|/\*|[<>{}@]|--|\d{5}|var\(|attr\(",
    re.IGNORECASE,
)
LINK = re.compile(r"(?:https?://|mailto:|tel:)", re.IGNORECASE)


def nodes(html: str) -> Iterator[LexborNode]:
    """Walk what a browser would build; text and comments are told by their tag."""
    root = LexborHTMLParser(f"<!doctype html><body>{html}").root
    assert root is not None
    pending = [root]
    while pending:
        node = pending.pop()
        yield node
        pending += list(node.iter(include_text=False))


def harmless(html: str, *, tags: frozenset[str], remote: bool = False) -> None:
    """Hold that nothing in there runs, loads, leads into the desk, or leaves its box."""
    for node in nodes(html):
        if node.tag in {"html", "head", "body", "tbody"}:
            assert not node.attributes
            continue
        assert node.tag in tags, node.tag
        for name, value in node.attributes.items():
            assert not FORBIDDEN.match(name), name
            said = value or ""
            match name:
                case "href":
                    assert LINK.match(said), said
                case "src":
                    is_elsewhere = remote and said.lower().startswith(("http://", "https://"))
                    assert said in PICTURES.values() or is_elsewhere, said
                case "style":
                    assert not FORBIDDEN_STYLE.search(said), said
        if node.tag == "a" and "href" in node.attributes:
            assert node.attributes["target"] == "_blank"
            assert set((node.attributes["rel"] or "").split()) >= {"noopener", "noreferrer"}


def shown(html: str, *, remote: bool = False) -> str:
    return str(framed(html, pictures=PICTURES, remote=remote))


@pytest.mark.parametrize("attack", EVERYTHING)
def test_an_attack_is_harmless_inline_and_in_the_frame(attack: str) -> None:
    for before, after in (("", ""), ("<p>before", "after</p>"), ("<table><tr><td>", "</table>")):
        html = f"{before}{attack}{after}"
        harmless(simple(html), tags=SIMPLE_TAGS)
        harmless(shown(html), tags=FRAME_TAGS)
        harmless(shown(html, remote=True), tags=FRAME_TAGS, remote=True)


@pytest.mark.parametrize("attack", EVERYTHING)
def test_an_attack_that_was_cleaned_when_it_was_read_is_harmless_still(attack: str) -> None:
    harmless(simple(clean(attack)), tags=SIMPLE_TAGS)
    harmless(shown(clean(attack)), tags=FRAME_TAGS)


@pytest.mark.parametrize("attack", [*SCRIPTS, *FOREIGN])
def test_what_is_left_says_the_same_when_a_browser_writes_and_reads_it_again(attack: str) -> None:
    """Mutation XSS lives in the difference."""
    once = shown(attack)
    body = LexborHTMLParser(once).body
    again = (body.html or "") if body else ""
    harmless(re.sub(r"</?body>", "", again), tags=FRAME_TAGS)
    harmless(shown(once), tags=FRAME_TAGS)


@settings(max_examples=300)
@given(
    st.lists(
        st.sampled_from(
            [
                *EVERYTHING,
                "<p>",
                "</p>",
                "<table>",
                "</table>",
                "<style>",
                "</style>",
                "<svg>",
                "</svg>",
                "<math>",
                "<!--",
                "-->",
                "'",
                '"',
                ">",
                "<",
                "&lt;",
                "\x00",
                "<a href='",
                '<img src="',
            ]
        ),
        max_size=8,
    )
)
def test_no_mixture_of_attacks_is_more_than_harmless(pieces: list[str]) -> None:
    html = "".join(pieces)
    harmless(simple(html), tags=SIMPLE_TAGS)
    harmless(shown(html, remote=True), tags=FRAME_TAGS, remote=True)


@given(st.text(max_size=300))
def test_any_text_is_harmless(html: str) -> None:
    harmless(simple(html), tags=SIMPLE_TAGS)
    harmless(shown(html), tags=FRAME_TAGS)


@pytest.mark.parametrize("link", GOOD_LINKS)
def test_links_to_elsewhere_stay(link: str) -> None:
    escaped = link.replace("&", "&amp;")
    for html in (simple(f'<a href="{escaped}">x</a>'), shown(f'<a href="{escaped}">x</a>')):
        assert f'href="{escaped}"' in html
        assert 'target="_blank"' in html


def test_a_tooltip_cannot_name_another_place_than_the_link_leads_to() -> None:
    assert "title" not in simple(f'<a href="{EVIL}" title="https://bank.example">x</a>')
    assert "title" not in shown(f'<a href="{EVIL}" title="https://bank.example">x</a>')


@pytest.mark.parametrize("leak", LEAKS)
def test_opening_a_mail_tells_nobody(leak: str) -> None:
    for html in (simple(leak), shown(leak)):
        for node in nodes(html):
            for name, value in node.attributes.items():
                if name != "href":
                    assert "evil.example" not in (value or "").lower(), name


def test_pictures_of_the_mail_are_shown_from_its_own_files() -> None:
    for source in (
        "cid:logo@x.example",
        "CID:logo@x.example",
        "cid:%3Clogo@x.example%3E",
        "cid:logo%40x.example",
    ):
        assert 'src="/files/abc?inline=1"' in shown(f'<img src="{source}">')


def test_pictures_from_elsewhere_are_shown_when_asked_for() -> None:
    assert f'src="{EVIL}"' in shown(f'<img src="{EVIL}">', remote=True)
    assert "src" not in shown(f'<img src="{EVIL}">')


@pytest.mark.parametrize(
    "html, remote",
    [
        (f'<img src="{EVIL}">', True),
        (f"<IMG alt='>' SRC = '{EVIL}'>", True),
        ('<img src="cid:x">', False),
        ('<a href="https://x.example">x</a>', False),
        ("", False),
    ],
)
def test_a_mail_that_would_load_from_elsewhere_is_known(html: str, *, remote: bool) -> None:
    assert has_remote(html) is remote


def test_looks_stay_in_the_frame_and_not_inline() -> None:
    html = '<table width="100%" bgcolor="#eee"><tr><td style="color:red;padding:4px" colspan=2>x</table>'
    kept = shown(html)
    for part in ('width="100%"', 'bgcolor="#eee"', 'colspan="2"', "color:red;padding:4px"):
        assert part in kept
    assert simple(html) == "x"
    assert is_complex(html)


def test_sizes_that_would_push_everything_away_are_dropped() -> None:
    kept = shown(
        '<img src="cid:logo@x.example" width=999999 height="9e9"><table width=50% border=1>'
    )
    assert "999999" not in kept
    assert "9e9" not in kept
    assert 'width="50%"' in kept


@pytest.mark.usefixtures("cleared")
@pytest.mark.parametrize(
    "html",
    [
        "<img " * 400_000,
        "<img alt='" + "<img " * 400_000 + "'>",
        "<img src=" * 200_000,
        "src" + " " * 2_000_000,
        "<" * 2_000_000,
        "<a b='" * 300_000,
        "<p style='" + "a:b;" * 200_000 + "'>x",
        "<p style='" + '"' * 500_000 + "'>x",
        "<p style='" + "((" * 500_000 + "'>x",
        "<div>" * 20_000,
    ],
)
def test_markup_made_to_cost_much_costs_little(html: str) -> None:
    began = time.process_time()
    has_remote(html)
    is_complex(html)
    simple(html)
    shown(html)
    assert time.process_time() - began < 20
