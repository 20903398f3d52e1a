"""Showing: a page's title and the piece of its text that answers, what was asked for marked."""

from collections.abc import Collection, Iterator
from functools import lru_cache

from django.utils.safestring import SafeString

from ambidesk.ground.search.pages.rules.terms import REMEMBERED, term_of
from ambidesk.ground.search.snippets import TOKEN, marked, snippet, snippet_at
from ambidesk.ground.search.words import plain

ALIKE = 2
# What answers stands near the beginning of most pages; nobody waits for more to be read.
READ = 8_000


def show(title: str, body: str, *, wanted: frozenset[str]) -> tuple[SafeString, SafeString]:
    """Mark the forms of the wanted terms in a title and in the best piece of a body."""
    begins = {term[:ALIKE] for term in wanted}
    line = " ".join(body[:READ].split())
    standing = {*TOKEN.findall(title), *TOKEN.findall(line)}
    forms = [form for form in standing if _plain(form)[:ALIKE] in begins]
    forms = [form for form in forms if term_of(_plain(form)) in wanted]
    words = frozenset(_plain(form) for form in forms)
    if not forms:
        return marked(title, words), snippet(line, words)
    return marked(title, words), snippet_at(line, words, places=sorted(_places(line, forms)))


def _places(line: str, forms: Collection[str]) -> Iterator[int]:
    """Texts are long and forms few: they are looked for as they stand, not word by word."""
    for form in forms:
        end = 0
        while (place := line.find(form, end)) >= 0:
            end = place + len(form)
            if not _goes_on(line[place - 1 : place]) and not _goes_on(line[end : end + 1]):
                yield place


def _goes_on(sign: str) -> bool:
    return sign.isalnum() or sign == "_"


@lru_cache(REMEMBERED)
def _plain(word: str) -> str:
    return plain(word)
