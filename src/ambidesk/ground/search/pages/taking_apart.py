"""Taking apart: where each word of a page stands in its title, headings, text and keywords."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from ambidesk.ground.search.pages.page import Page
from ambidesk.ground.search.pages.reading import read_body
from ambidesk.ground.search.pages.rules.terms import terms

TITLE, HEADING, BODY, KEYWORD = range(4)
# Words of two lines do not stand together.
BETWEEN_LINES = 20
MOST_PLACES, MOST_HEADINGS = 200, 1000
LONGEST_TITLE = 1_000
# Pages that were taken apart by other rules are written again.
EDITION = "1"


@dataclass(slots=True)
class Posting:
    """How often a word stands in each field, and where."""

    counts: list[int] = field(default_factory=lambda: [0, 0, 0, 0])
    headings: list[int] = field(default_factory=list)
    places: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Apart:
    """A page taken apart; lengths are words by field; `print` tells it from others."""

    page: Page
    text: str
    print: str
    lengths: Sequence[int]
    heading_lengths: Sequence[int]
    postings: Mapping[str, Posting]


def take_apart(page: Page) -> Apart:
    """Take a page apart."""
    body = read_body(page.body)
    found: dict[str, Posting] = {}
    lengths = [0, 0, 0, 0]

    def take(text: str, into: int) -> list[str]:
        words = terms(text)
        lengths[into] += len(words)
        for word in words:
            found.setdefault(word, Posting()).counts[into] += 1
        return words

    take(page.title[:LONGEST_TITLE], TITLE)
    take(page.keywords, KEYWORD)
    heading_lengths = []
    for number, heading in enumerate(body.headings[:MOST_HEADINGS]):
        words = take(heading, HEADING)
        heading_lengths.append(len(words))
        for word in dict.fromkeys(words):
            found[word].headings.append(number)
    place = 0
    for line in body.lines:
        for word in take(line, BODY):
            if len(found[word].places) < MOST_PLACES:
                found[word].places.append(place)
            place += 1
        place += BETWEEN_LINES
    return Apart(
        page=page,
        text=body.text,
        print=_print(page),
        lengths=lengths,
        heading_lengths=heading_lengths,
        postings=found,
    )


def _print(page: Page) -> str:
    whole = "\x00".join((EDITION, page.title, page.keywords, page.body))
    return sha256(whole.encode(errors="surrogatepass")).hexdigest()
