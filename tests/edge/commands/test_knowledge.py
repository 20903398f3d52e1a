"""`ambidesk knowledge evaluate` as a process: what it prints and what it says of mistakes."""

import json

import pytest

from ambidesk.edge.commands.knowledge.scoring import ndcg, recall, reciprocal_rank
from ambidesk.ground.search.pages.meaning.bundled import is_installed
from tests.edge.commands.console import ambidesk, one_sentence
from tests.ground.search.pages.embeddings import has_vectors

ARTICLES = [
    {"id": "p", "title": "Принтер не печатает", "body": "<p>Проверьте бумагу.</p>", "language": "ru"},
    {"id": "p", "title": "The printer does not print", "body": "# Paper\nLook at it.", "language": "en"},
    {"id": 7, "title": "Doors", "body": "Oil them."},
]  # fmt: skip


@pytest.fixture
def files(tmp_path):
    def written(name, lines):
        path = tmp_path / name
        path.write_text(
            "\n".join(each if isinstance(each, str) else json.dumps(each) for each in lines)
        )
        return path

    return lambda **more: (
        "--articles", written("a.jsonl", more.get("articles", ARTICLES)),
        "--queries", written("q.jsonl", more.get("queries", [
            {"id": "1", "text": "принтеры", "language": "ru"}, {"id": 2, "text": "oiling a door"},
            {"id": "3", "text": "nobody judged this"},
        ])),
        "--relevant", written("r.tsv", more.get("relevant", ["query\tarticle\tgrade", "1\tp\t1", "2\t7\t2"])),
        "--data", tmp_path / "none",
    )  # fmt: skip


def test_the_scores_are_printed_and_bad_lines_are_named(files):
    bad = [
        *ARTICLES,
        "{",
        "[]",
        {"title": "no id"},
        {"id": "e", "title": " "},
        {"id": "x", "title": 1},
    ]
    done = ambidesk("knowledge", "evaluate", *files(articles=bad), "--json")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert list(found) == ["ndcg_at_10", "recall_at_10", "mrr", "p95_ms"]
    assert (found["ndcg_at_10"], found["recall_at_10"], found["mrr"]) == (1, 1, 1)
    said = [line for line in done.stderr.splitlines() if "is left out" in line]
    assert [f"line {number} is left out" in line for number, line in enumerate(said, 4)] == [
        True
    ] * 5


def test_a_file_that_is_not_there_is_a_sentence(files, tmp_path):
    words = [*files()]
    words[1] = tmp_path / "nothing.jsonl"
    assert "nothing.jsonl cannot be read" in one_sentence(ambidesk("knowledge", "evaluate", *words))


def test_a_file_without_a_right_line_is_a_sentence(files):
    done = ambidesk("knowledge", "evaluate", *files(queries=["nonsense"]))
    assert "holds no line that can be read" in one_sentence(done)


def test_scores_are_those_of_the_books():
    grades = {"a": 1.0, "b": 1.0}
    assert ndcg(["a", "b"], grades) == 1
    assert ndcg(["x", "a"], grades) == pytest.approx((1 / 1.58496) / (1 + 1 / 1.58496), abs=1e-4)
    assert recall(["x", "a"], grades) == 0.5
    assert reciprocal_rank(["x", "a"], grades) == 0.5
    assert reciprocal_rank(["x"], grades) == 0


@pytest.mark.skipif(not is_installed(), reason="the extra semantic is not installed")
@pytest.mark.skipif(not has_vectors(), reason="this PostgreSQL has no pgvector")
def test_the_search_by_meaning_is_measured_beside_that_by_words(files):
    given = files(
        articles=[
            *ARTICLES,
            {"id": "b", "title": "Stuck between floors", "body": "Press the bell of the lift."},
        ],
        queries=[{"id": "1", "text": "застрял в кабине лифта", "language": "ru"}],
        relevant=["query\tarticle\tgrade", "1\tb\t1"],
    )
    done = ambidesk("knowledge", "evaluate", *given, "--json", "--semantic")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["recall_at_10"] == 0
    assert found["semantic"]["recall_at_10"] == 1
