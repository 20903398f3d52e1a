"""Every file of the mail corpora through `ambidesk mail parse`, in one call."""

import json
import re
import tarfile
from pathlib import Path

import pytest

from tests.corpora.places import SHARED, corpus
from tests.edge.commands.console import ambidesk
from tests.edge.commands.test_mail import of_the_shape

RUNS = re.compile(
    r"<script|<iframe|<object|<embed|<form|<meta|<link|<base|javascript:|\son\w+=", re.IGNORECASE
)
ADDRESS = re.compile(r"(?:[^\s<>\"]+|\"[^\"]+\")(?:@[^\s<>@]+)?")


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> list[dict]:
    threads = tmp_path_factory.mktemp("threads")
    with tarfile.open(corpus("mail-threads") / "notmuch-corpora.tar.xz") as archive:
        archive.extractall(threads, filter="data")
    files = [path for path in sorted(SHARED.glob("mail-*/**/*")) if path.is_file()]
    files += [path for path in sorted(threads.rglob("*")) if path.is_file()]
    done = ambidesk("mail", "parse", "--json", *files)
    assert (done.returncode, done.stderr) == (0, "")
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [one["file"] for one in found] == [str(file) for file in files]
    return found


def test_every_file_goes_through_with_an_object_of_the_shape(found: list[dict]) -> None:
    assert len(found) > 700
    assert all(map(of_the_shape, found))
    assert not [one["file"] for one in found if "parser-fault" in one["defects"]]


def test_what_has_the_head_of_a_mail_has_a_sender_and_words(found: list[dict]) -> None:
    heads = [
        one for one in found if re.search(rb"(?im)^from:.*@", Path(one["file"]).read_bytes()[:8192])
    ]
    without = [
        one["file"] for one in heads if not one["from"] and "headers-missing" not in one["defects"]
    ]
    mute = [one for one in heads if not one["text"].strip() and not one["attachments"]]
    assert len(heads) > 500
    assert len(without) <= 0.01 * len(heads)
    assert len(mute) <= 0.03 * len(heads)


def test_addresses_are_addresses(found: list[dict]) -> None:
    for one in found:
        for each in (*one["from"], *one["to"], *one["cc"], *one["reply_to"]):
            if each["address"]:
                assert ADDRESS.fullmatch(each["address"]), one["file"]
        if one["sender_verified"]:
            assert len(one["from"]) == 1
            assert one["from"][0]["address"].count("@") == 1


def test_a_sender_is_verified_unless_something_is_wrong_with_it(found: list[dict]) -> None:
    for one in found:
        wrong = any(defect.startswith("from-") for defect in one["defects"])
        assert one["sender_verified"] is not wrong, one["file"]


def test_nothing_that_runs_is_left_in_the_html(found: list[dict]) -> None:
    for one in found:
        tags = " ".join(re.findall(r"<[^<>]*>", one["html"]))
        assert not RUNS.search(tags), one["file"]


def test_a_reply_is_no_longer_than_the_text(found: list[dict]) -> None:
    for one in found:
        assert len(one["reply"]) <= len(one["text"]) + 2, one["file"]


def test_ids_of_threads_stand_without_brackets(found: list[dict]) -> None:
    for one in found:
        for each in (one["message_id"], one["in_reply_to"], *one["references"]):
            assert not set(each) & set("<> \t\r\n"), one["file"]


def test_lists_are_told_from_mails(found: list[dict]) -> None:
    kinds = [one["kind"] for one in found if "/lkml/" in one["file"]]
    assert kinds.count("list") >= 0.95 * len(kinds) > 100
