"""Templates: nothing that the content policy forbids, no word untranslated, no foreign audience."""

import re
from pathlib import Path

import pytest

from tests.house.sources import ISLANDS, PACKAGE, TEMPLATES, named

FORBIDDEN_MARKUP = {
    "inline script": re.compile(
        r"<script(?![^>]*(\bsrc=|type=\"application/json\"))", re.IGNORECASE
    ),
    "inline style": re.compile(r"<style\b|(?<![-\w])style=", re.IGNORECASE),
    "event attribute": re.compile(r"\son[a-z]+\s*=\s*[\"']", re.IGNORECASE),
    "script address": re.compile(r"javascript:", re.IGNORECASE),
    "hx-on": re.compile(r"\bhx-on\b|\bhx-on:"),
    "js: value": re.compile(r"(hx-vals|hx-headers|hx-request|hx-confirm)=.(js|javascript):"),
    "hx-vars": re.compile(r"\bhx-vars\b"),
    "trigger filter": re.compile(r"hx-trigger=\"[^\"]*\["),
    "morph with options": re.compile(r"morph:\{"),
    "unescaped value": re.compile(r"\|\s*safe(seq)?\b|{%\s*autoescape\s+off"),
    "other origin": re.compile(r"\b(src|href|action)=\"(https?:)?//", re.IGNORECASE),
}
FORBIDDEN_SCRIPT = {
    "markup from text": re.compile(
        r"\.(innerHTML|outerHTML)\s*\+?=|insertAdjacentHTML|document\.write"
    ),
    "evaluation": re.compile(r"\beval\(|new Function\(|setTimeout\(\s*[\"'`]"),
    "style attribute": re.compile(r"setAttribute\(\s*[\"']style|cssText"),
}
# Attributes that a person reads or hears, on elements and on components.
READ_ATTRIBUTES = re.compile(
    r"(?<![-\w:])(title|label|aria-label|aria-description|aria-roledescription|placeholder|alt"
    r"|words|help|text|hint|data-command|data-label|hx-confirm|hx-prompt)=\"([^\"]*)\""
)
TRANSLATED = re.compile(r"{%\s*blocktrans(?:late)?\b.*?{%\s*endblocktrans(?:late)?\s*%}", re.DOTALL)
UNREAD = re.compile(
    r"&#?\w+;|{%\s*block (?:shown|name|kind)\s*%}\w*{%\s*endblock\s*%}"
    r"|{#.*?#}|{%\s*comment\b.*?{%\s*endcomment\s*%}|<!--.*?-->|<script\b.*?</script>",
    re.DOTALL,
)
TAGS = re.compile(r"{%.*?%}|{{.*?}}", re.DOTALL)
ELEMENT = re.compile(r"<[^<>]*>", re.DOTALL)
WORD = re.compile(r"[^\W\d_]{2,}")
# The product's own name, endonyms of languages, and names of keys are the same in every language.
SAME_EVERYWHERE = {"Ambidesk", "Русский", "English", "Ctrl", "Enter", "Esc", "Alt", "Shift", "nbsp"}


def untranslated(source: str) -> list[str]:
    """The words of a template that stand outside of every translation tag."""
    source = UNREAD.sub(" ", TRANSLATED.sub(" ", source))
    read = [
        match[2] for match in READ_ATTRIBUTES.finditer(TAGS.sub(" ", source.replace('\\"', "")))
    ]
    # Tags first: their own quotes would end attributes early.
    source = re.sub(r"=\"[^\"]*\"", "", TAGS.sub(" ", source))
    read.append(ELEMENT.sub(" ", source))
    return [word for text in read for word in WORD.findall(text) if word not in SAME_EVERYWHERE]


@pytest.mark.parametrize("what", FORBIDDEN_MARKUP)
def test_no_template_needs_what_the_content_policy_forbids(what: str) -> None:
    pattern = FORBIDDEN_MARKUP[what]
    found = [named(path) for path in TEMPLATES if pattern.search(path.read_text())]
    assert found == []


@pytest.mark.parametrize("what", FORBIDDEN_SCRIPT)
def test_no_island_needs_what_the_content_policy_forbids(what: str) -> None:
    pattern = FORBIDDEN_SCRIPT[what]
    found = [named(path) for path in ISLANDS if pattern.search(path.read_text())]
    assert found == []


def test_no_template_is_longer_than_its_screen() -> None:
    found = [named(path) for path in TEMPLATES if len(path.read_text().splitlines()) > 80]
    assert found == []


def test_every_word_of_a_template_can_be_translated() -> None:
    found = {named(path): words for path in TEMPLATES if (words := untranslated(path.read_text()))}
    assert found == {}


@pytest.mark.parametrize(
    "source, words",
    [
        ("<p>Hello</p>", ["Hello"]),
        ('<p>{% translate "Hello" %}</p>', []),
        ('<a title="Go back">{{ page.title }}</a>', ["Go", "back"]),
        ("<a title=\"{% translate 'Go back' %}\"></a>", []),
        ('<p class="quiet">{% blocktranslate %}Hello you{% endblocktranslate %}</p>', []),
        ('<c-button label="Save" />', ["Save"]),
        ("{# a remark #}<b>Ambidesk</b>", []),
        ('<p {% if a > b %}hidden{% endif %} class="x">5</p>', []),
    ],
)
def test_untranslated_words_are_told_from_markup(source: str, words: list[str]) -> None:
    assert untranslated(source) == words


AUDIENCES = sorted(
    path.name for path in (PACKAGE / "edge" / "web").iterdir() if (path / "routes.py").exists()
)
INCLUDED = re.compile(r"{%\s*(?:include|extends)\s+\"([^\"]+)\"")


def _audience(path: Path) -> str:
    return path.relative_to(PACKAGE / "edge" / "web").parts[0]


def test_no_template_includes_one_of_another_audience() -> None:
    owners: dict[str, set[str]] = {}
    for path in TEMPLATES:
        parts = path.relative_to(PACKAGE / "edge" / "web" / _audience(path)).parts
        name = "/".join(parts[1:] if parts[0] == "templates" else parts)
        owners.setdefault(name, set()).add(_audience(path))
    found = []
    for path in TEMPLATES:
        for reference in INCLUDED.findall(path.read_text()):
            name = reference.partition("#")[0]
            if name and not owners.get(name, {"ui"}) & {_audience(path), "ui"}:
                found.append(f"{named(path)} includes {name}")
    assert found == []


def test_a_name_of_a_template_is_used_by_one_audience() -> None:
    """All audiences share one search path: a second one of a name would never be found."""
    seen: dict[str, str] = {}
    found = []
    for path in TEMPLATES:
        parts = path.relative_to(PACKAGE / "edge" / "web" / _audience(path)).parts
        name = "/".join(parts[1:] if parts[0] == "templates" else parts)
        if name in seen:
            found.append(f"{named(path)} and {seen[name]}")
        seen[name] = named(path)
    assert found == []
