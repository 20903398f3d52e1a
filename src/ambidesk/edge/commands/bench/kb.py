"""Knowledge: articles a second onto the shelf, and questions to 5,000 of them in both languages."""

from collections.abc import Mapping, Sequence
from random import Random
from time import perf_counter

from ambidesk.edge.commands.gauging.asking import look_up
from ambidesk.edge.commands.gauging.figures import Figure, percentile
from ambidesk.edge.commands.gauging.order import Order
from ambidesk.edge.commands.generating.words import Prose, prose
from ambidesk.ground.search.pages.finding import find_pages
from ambidesk.ground.search.pages.page import Page
from ambidesk.ground.search.pages.writing import write_pages

USUAL, FULL = 5_000, 50_000
GOAL_MS = 50.0
TIMES = 100
SHELF = "measured"
FREQUENT, RARE = range(5, 60), range(2_000, 12_000)
Question = tuple[str, str]
RAW = "SELECT id, body FROM search_page WHERE id = ANY(%s)"


def run(order: Order, *, url: str) -> Sequence[Figure]:
    """Write articles of some 250 words, then ask each kind of question again and again."""
    number = FULL if order.full else USUAL
    dice = Random("articles")  # noqa: S311 test data, no secret
    spoken = {language: prose(language) for language in ("ru", "en")}
    pages = [_page(key, dice, spoken) for key in range(1, number + 1)]
    began = perf_counter()
    write_pages(pages, shelf=SHELF)
    taken = perf_counter() - began
    values = [([dice.randrange(1, number) for _each in range(10)],) for _time in range(TIMES)]
    raw = percentile(look_up(url, RAW, values=values), 0.95)
    asked = _questions(dice, {name: said.words for name, said in spoken.items()})
    figures = [Figure(name=f"articles indexed, of {number:,}", value=number / taken, unit="/s")]
    for kind, questions in asked.items():
        times = [_time(language, text) for language, text in questions]
        p50, p95 = percentile(times, 0.5), percentile(times, 0.95)
        figures += [
            Figure(name=f"{kind}, p50", value=p50, unit="ms"),
            Figure(name=f"{kind}, p95", value=p95, unit="ms", goal=GOAL_MS, limit=raw),
        ]
    return figures


def _page(key: int, dice: Random, spoken: Mapping[str, Prose]) -> Page:
    language = ("ru", "en")[key % 2]
    said = spoken[language]
    parts = [
        f"## {dice.choice(said.subjects)}\n\n{' '.join(dice.choices(said.sentences, k=6))}"
        for _part in range(4)
    ]
    body = "\n\n".join(parts)
    return Page(key=key, language=language, title=dice.choice(said.subjects), body=body)


def _questions(dice: Random, words: Mapping[str, Sequence[str]]) -> dict[str, list[Question]]:
    def drawn(*places: range) -> list[Question]:
        found = []
        for _each in range(TIMES):
            language = dice.choice(("ru", "en"))
            text = " ".join(words[language][dice.choice(place)] for place in places)
            found.append((language, text))
        return found

    mistyped = [
        (language, word[0] + word[2] + word[1] + word[3:]) for language, word in drawn(RARE)
    ]
    return {
        "frequent word": drawn(FREQUENT),
        "rare word": drawn(RARE),
        "three words": drawn(FREQUENT, FREQUENT, RARE),
        "a sentence of eight words": drawn(*[FREQUENT] * 5, *[RARE] * 3),
        "mistyped word": mistyped,
    }


def _time(language: str, text: str) -> float:
    began = perf_counter()
    find_pages(text, shelf=SHELF, language=language)
    return (perf_counter() - began) * 1000
