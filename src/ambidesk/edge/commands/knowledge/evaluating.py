"""Evaluating: articles onto a shelf, questions asked of it, answers compared with judgements."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from time import perf_counter

from ambidesk.edge.commands.gauging.figures import percentile
from ambidesk.edge.commands.knowledge.files import Judgement, Line
from ambidesk.edge.commands.knowledge.scoring import TOP, ndcg, recall, reciprocal_rank
from ambidesk.edge.commands.speech import gettext as _
from ambidesk.edge.commands.trouble import Trouble
from ambidesk.ground.search.pages.finding import find_meant, find_pages
from ambidesk.ground.search.pages.meaning.choosing import engine, extend
from ambidesk.ground.search.pages.meaning.filling import fill_due
from ambidesk.ground.search.pages.page import Page
from ambidesk.ground.search.pages.recognising import ENGLISH, RUSSIAN, recognise
from ambidesk.ground.search.pages.writing import write_pages

SHELF = "evaluated"
LANGUAGES = (RUSSIAN, ENGLISH)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scores:
    """What is printed: means over all questions that have a right answer."""

    ndcg_at_10: float
    recall_at_10: float
    mrr: float
    p95_ms: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """How it is asked."""

    limit: int
    by_meaning: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluated:
    """The scores by words, and with meaning where that was asked for."""

    plain: Scores
    semantic: Scores | None = None


def evaluate(
    articles: Sequence[Line],
    *,
    questions: Iterable[Line],
    judgements: Iterable[Judgement],
    semantic: bool = False,
    far: Callable[[int], None] = lambda _pages: None,
) -> Evaluated | None:
    """
    Give the scores of the search; None where no question has a right answer.

    `far` hears how many articles have a vector.

    Raises:
        Trouble: meaning was asked for, and there is no engine or no pgvector.
    """
    if semantic and (engine() is None or not extend()):
        raise Trouble(
            _("Nothing can be found by meaning here: install ambidesk[semantic], and pgvector.")
        )
    ids = list(dict.fromkeys(each.id for each in articles))
    keys = {each: key for key, each in enumerate(ids, start=1)}
    write_pages((_page(each, keys) for each in articles), shelf=SHELF)
    right = _right(judgements)
    asked = [each for each in questions if any(right.get(each.id, {}).values())]
    if not asked:
        return None
    # An article that is there in two languages may be found twice, and is one answer.
    limit = TOP if len(ids) == len(articles) else 2 * TOP
    plain = _scores(asked, ids, right, Way(limit=limit, by_meaning=False))
    if not semantic:
        return Evaluated(plain=plain)
    _fill(far)
    return Evaluated(
        plain=plain, semantic=_scores(asked, ids, right, Way(limit=limit, by_meaning=True))
    )


def _fill(far: Callable[[int], None]) -> None:
    done = 0
    while some := fill_due():
        done += some
        far(done)


def _scores(
    asked: Sequence[Line], ids: Sequence[str], right: Mapping[str, Mapping[str, float]], way: Way
) -> Scores:
    # Dictionaries are read with the first question of a process, which no visitor waits for twice.
    _answer(asked[0], ids, way)
    answers, times = zip(*(_answer(each, ids, way) for each in asked), strict=True)
    pairs = [(answer, right[each.id]) for answer, each in zip(answers, asked, strict=True)]
    return Scores(
        ndcg_at_10=_mean(ndcg(*pair) for pair in pairs),
        recall_at_10=_mean(recall(*pair) for pair in pairs),
        mrr=_mean(reciprocal_rank(*pair) for pair in pairs),
        p95_ms=round(percentile(times, 0.95), 2),
    )


def _answer(question: Line, ids: Sequence[str], way: Way) -> tuple[list[str], float]:
    began = perf_counter()
    find = find_meant if way.by_meaning else find_pages
    found = find(question.text, shelf=SHELF, language=_language_of(question), limit=way.limit)
    taken = (perf_counter() - began) * 1000
    return list(dict.fromkeys(ids[hit.key - 1] for hit in found.hits))[:TOP], taken


def _page(article: Line, keys: Mapping[str, int]) -> Page:
    language = article.language or recognise(
        f"{article.title}\n{article.text}", among=LANGUAGES, otherwise=ENGLISH
    )
    return Page(
        key=keys[article.id],
        language=language,
        title=article.title,
        body=article.text,
        keywords=article.id.rpartition(".")[0] or article.id,
    )


def _language_of(question: Line) -> str:
    return question.language or recognise(question.text, among=LANGUAGES, otherwise=ENGLISH)


def _right(judgements: Iterable[Judgement]) -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = {}
    for each in judgements:
        found.setdefault(each.query, {})[each.article] = each.grade
    return found


def _mean(values: Iterator[float]) -> float:
    all_of_them = list(values)
    return round(sum(all_of_them) / len(all_of_them), 4)
