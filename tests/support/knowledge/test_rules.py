"""Markdown becomes markup that does no harm; two texts are compared word for word."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from ambidesk.support.knowledge.rules.comparing import compared
from ambidesk.support.knowledge.rules.markdown import Target, files_of, rendered, words_of
from ambidesk.support.knowledge.rules.slugs import slug_of

KEY = "k" * 32
LINES = st.lists(st.text("abc бв.\t", max_size=20), max_size=8).map("\n".join)
HOSTILE = st.lists(
    st.sampled_from(
        [
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "[a](javascript:alert(1))",
            "[a](data:text/html,x)",
            "![a](https://evil.example/x.png)",
            f"![a](file:{KEY})",
            f'![" onload="x](file:{KEY})',
            "```\n<b>\n```",
            "| a | b |\n|---|---|\n| <i> | c |",
            "# h",
            '<iframe src="https://evil.example">',
            "[x]: javascript:x",
            "[x]",
        ]
    ),
    max_size=6,
).map("\n\n".join)


def places(address: str) -> Target | None:
    return (
        Target(url="/help/files/x", kind="picture", width=3, height=2) if KEY in address else None
    )


@given(HOSTILE | st.text())
def test_whatever_was_written_nothing_in_it_runs_or_comes_from_elsewhere(text: str) -> None:
    tree = LexborHTMLParser(rendered(text, places).html)
    for node in tree.root.traverse() if tree.root else ():
        assert node.tag not in {"script", "iframe", "object", "style", "svg", "form"}
        for name, value in node.attributes.items():
            assert not name.startswith("on")
            if name == "src":
                assert value == "/help/files/x"
            if name == "href":
                assert str(value).partition(":")[0] in {"http", "https", "mailto", "tel", value}


def test_pictures_and_videos_are_shown_and_other_files_are_links() -> None:
    assert rendered(f"![A box](file:{KEY})", places).html == (
        '<p><img src="/help/files/x" alt="A box" loading="lazy" width="3" height="2"></p>\n'
    )
    video = rendered(f"![Unpacking](file:{KEY})", lambda _a: Target(url="/v", kind="video")).html
    assert "<video" in video
    assert "controls" in video
    assert "autoplay" not in video
    link = rendered(f"[Manual](file:{KEY})", lambda _a: Target(url="/f", kind="file")).html
    assert link == '<p><a href="/f">Manual</a></p>\n'


def test_what_is_nowhere_is_words_only() -> None:
    assert (
        rendered("[Gone](article:7) ![gone](file:" + KEY + ")").html == "<p><a>Gone</a> gone</p>\n"
    )


def test_headings_stand_below_the_title_each_with_its_own_anchor() -> None:
    found = rendered("# One\n\n## Два\n\n## Два\n\n###### Deep")
    assert [(h.level, h.anchor) for h in found.headings] == [
        (2, "one"),
        (2, "dva"),
        (2, "dva-2"),
        (4, "deep"),
    ]
    assert '<h2 id="dva-2">' in found.html
    assert "</h4>" in found.html


def test_the_words_of_a_text_are_those_that_are_read() -> None:
    text = (
        f"# Head\n\nSome **bold** [link](https://a.example).\n\n![alt](file:{KEY})\n\n- one\n- two"
    )
    assert words_of(text) == "Head\nSome bold link.\nalt\none\ntwo"
    assert files_of(text) == {KEY}


@given(LINES, LINES)
def test_each_side_of_a_comparison_is_its_text(before: str, after: str) -> None:
    rows = compared(before, after)
    old = ["".join(p.text for p in row.before) for row in rows if row.before is not None]
    new = ["".join(p.text for p in row.after) for row in rows if row.after is not None]
    assert ("\n".join(old), "\n".join(new)) == (before, after)
    if before == after:
        assert all(row.is_same for row in rows)


def test_the_words_that_differ_are_marked() -> None:
    (row,) = compared("Pay within ten days.", "Pay within five days.")
    assert row.before
    assert row.after
    assert [p.text for p in row.before if p.changed] == ["ten"]
    assert [p.text for p in row.after if p.changed] == ["five"]


def test_a_line_that_moved_far_is_shown_as_gone_and_come() -> None:
    others = [f"{number} {'abcdefgh'[number % 8]}" * 3 for number in range(60)]
    before = "\n".join(["Unplug the oven first.", *others])
    after = "\n".join([*others, "Unplug the oven first!"])
    changed = [row for row in compared(before, after) if not row.is_same]
    assert [(row.before is None, row.after is None) for row in changed] == [
        (False, True),
        (True, False),
    ]


@pytest.mark.usefixtures("cleared")
@pytest.mark.parametrize(
    "before, after",
    [
        # Every line changed, every second one, all of them blank or alike, everything moved.
        ([f"step {n} of many" for n in range(5000)], [f"step {n} of all" for n in range(5000)]),
        ([f"line {n}" for n in range(5000)], [f"line {n - n % 2 * 7000}" for n in range(5000)]),
        (["", "a"] * 2500, ["a", "", ""] * 1700),
        ([f"{n % 70}" for n in range(5000)], [f"{n % 71}" for n in range(5000)]),
        ([f"{n} x" for n in range(5000)], [f"{n} x" for n in reversed(range(5000))]),
        (["word " * 20_000], ["other word " * 15_000]),
    ],
)
def test_long_texts_are_compared_whole_and_soon(before: list[str], after: list[str]) -> None:
    began = process_time()
    rows = compared("\n".join(before), "\n".join(after))
    assert process_time() - began < 20
    old = ["".join(p.text for p in row.before) for row in rows if row.before is not None]
    new = ["".join(p.text for p in row.after) for row in rows if row.after is not None]
    assert (old, new) == (before, after)


@given(st.text())
def test_every_title_makes_an_address(title: str) -> None:
    slug = slug_of(title)
    assert slug
    assert len(slug) <= 80
    assert slug == slug_of(slug)


def test_russian_titles_have_latin_addresses() -> None:
    assert slug_of("Как вернуть посылку?") == "kak-vernut-posylku"
    assert slug_of("Ёж & Щука") == "ezh-shchuka"
