"""HTML: what a reader sees of a page, and what of it is safe."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ambidesk.support.channels.mail.parsing.defects import Defect
from ambidesk.support.channels.mail.parsing.html.cleaning import clean
from ambidesk.support.channels.mail.parsing.html.rendering import visible_text
from ambidesk.support.channels.mail.parsing.html.styles import safe_style
from tests.support.channels.mail.parsing.writing import page, read

SEEN = [
    ("<p>one</p><p>two</p>", "one\n\ntwo"),
    ("<div>one</div><div>two</div>", "one\ntwo"),
    ("one<br>two<br><br>three", "one\ntwo\n\nthree"),
    ("<b>one</b> <i>two</i>", "one two"),
    ("  one\n   two  ", "one two"),
    ("<pre>one\n  two</pre>", "one\n  two"),
    ("<ul><li>one<li>two</ul>", "- one\n- two"),
    ("<table><tr><td>one<td>two<tr><td>three</table>", "one two\nthree"),
    ("one&nbsp;two &amp; &lt;three&gt;", "one two & <three>"),
    ("<style>p{}</style><script>x()</script><title>t</title>words", "words"),
    ("words<!-- not these -->", "words"),
    ("<blockquote>said</blockquote>answer", "> said\nanswer"),
    ('<p style="display:none">preheader</p>words', "words"),
    ('<span hidden>x</span><span style="mso-hide:all">y</span>words', "words"),
    ('<div style="font-size:0px">x</div>words', "words"),
    ('<p class="MsoNormal">one</p><p class="MsoNormal">two</p>', "one\ntwo"),
    ("zero\u200bwidth", "zerowidth"),
    ("", ""),
    ("<p>", ""),
    ("<unknown>words</unknown>", "words"),
    ("a < b and c > d", "a < b and c > d"),
]


@pytest.mark.parametrize("html, seen", SEEN)
def test_a_page_is_the_text_a_reader_sees(html: str, seen: str) -> None:
    assert visible_text(html) == seen


ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)><script>alert(1)</script></svg>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href='JaVaScRiPt&colon;alert(1)'>x</a>",
    "<a href=' &#106;avascript:alert(1)'>x</a>",
    "<a href='vbscript:x'>x</a>",
    "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<form action='https://evil.example'><input name=p></form>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "<base href='https://evil.example'>",
    "<link rel=stylesheet href='https://evil.example/x.css'>",
    "<style>@import 'https://evil.example/x.css'</style>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>",
    "<template><script>alert(1)</script></template>",
    "<object data='x.swf'></object><embed src='x.swf'>",
    "<div style='background:url(javascript:alert(1))'>x</div>",
    "<div style='width:expression(alert(1))'>x</div>",
    "<div style='position:fixed;top:0;left:0;width:100%;height:100%'>x</div>",
    "<img src='data:image/svg+xml;base64,PHN2Zy8+'>",
    "<x onclick=alert(1)>x</x><p onclick=alert(1)>x</p>",
    "<!--[if gte mso 9]><script>alert(1)</script><![endif]-->",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    '<p title="</p><script>alert(1)</script>">x</p>',
]
TAG = re.compile(r"<[a-zA-Z/][^<>]*>")
ACTIVE = re.compile(
    r"<\s*(?:script|iframe|object|embed|form|input|meta|base|link|style|svg|math|template)\b"
    r"|\son\w+\s*=|javascript:|vbscript:|data:|expression\(|position\s*:|@import|srcdoc",
    re.IGNORECASE,
)


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_that_runs_or_loads_is_left(attack: str) -> None:
    for html in (clean(attack), page(f"<p>before</p>{attack}<p>after</p>").html):
        assert not any(ACTIVE.search(tag) for tag in TAG.findall(html)), html


@given(
    st.lists(
        st.sampled_from([*ATTACKS, "<p>", "</p>", "<table>", "'", '"', ">", "<", "<!--", "-->"])
    )
)
def test_no_mixture_of_attacks_leaves_anything(pieces: list[str]) -> None:
    html = clean("".join(pieces))
    assert not any(ACTIVE.search(tag) for tag in TAG.findall(html))


@given(st.text(max_size=200))
def test_cleaning_twice_changes_nothing_more(html: str) -> None:
    once = clean(html)
    assert clean(once) == once


@pytest.mark.parametrize(
    "style, kept",
    [
        ("color: red; width: 10px", "color: red;width: 10px"),
        ("background: url(https://evil.example/x.png); color: red", "color: red"),
        ("list-style: u\\72l(https://evil.example)", ""),
        (
            "color: rgb(1, 2, 3); width: calc(100% - 1px)",
            "color: rgb(1, 2, 3);width: calc(100% - 1px)",
        ),
        ("width: expression(alert(1))", ""),
        ("position: fixed; top: 0", "top: 0"),
        ("font-family: 'a;b', \"c;d\"", "font-family: 'a;b', \"c;d\""),
        ("color: red /* x */", ""),
        ("width: 99999px; height: 1e9px; color: #123456", "color: #123456"),
        ("content: attr(title)", ""),
        ("-moz-binding: url(x)", ""),
        ("color: image-set('https://evil.example/x' 1x)", ""),
        ("color: 'unclosed; color: red", "color:;unclosed;color: red"),
        ("", ""),
    ],
)
def test_a_style_keeps_what_loads_and_covers_nothing(style: str, kept: str) -> None:
    assert safe_style(style) == kept


def test_looks_and_links_stay() -> None:
    html = '<p style="color:red;text-align:center"><a href="https://x.example/a?b=c">link</a></p>'
    cleaned = clean(html)
    assert "color:red" in cleaned
    assert 'href="https://x.example/a?b=c"' in cleaned
    assert 'rel="noopener noreferrer nofollow"' in cleaned


def test_a_page_that_nests_too_deep_is_text_only_and_noted() -> None:
    mail = page("<div>" * 5_000 + "words" + "</div>" * 5_000)
    assert Defect.HTML_TOO_DEEP in mail.defects
    assert (mail.text, mail.html) == ("words", "")


def test_a_page_that_is_too_large_is_cut_and_noted() -> None:
    mail = page("<p>words words</p>" * 200_000)
    assert Defect.HTML_TOO_LARGE in mail.defects
    assert mail.text.startswith("words words")


def test_enriched_text_is_read() -> None:
    mail = read(
        "From: a@example.org\nContent-Type: text/enriched\n\n<bold>one</bold> two\n\nthree <<four>"
    )
    assert mail.text == "one two\nthree <four>"
