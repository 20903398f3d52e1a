"""The console in Russian: our sentences, and those of the library that reads the arguments."""

import re

import pytest

from tests.catalogues import compile_russian
from tests.edge.commands.console import ambidesk

ENGLISH = re.compile(r"\b(Usage|Options|Commands|Error|Missing|Try|Invalid|No such|Show)\b")


@pytest.fixture(scope="module", autouse=True)
def catalogues():
    compile_russian()


def russian(*words):
    done = ambidesk(*words, LANG="ru_RU.UTF-8")
    return done.stdout + done.stderr


@pytest.mark.parametrize(
    "words",
    [
        ["--help"],
        ["up", "--help"],
        ["upp"],
        ["up", "--prt", "1"],
        ["up", "--port", "x"],
        ["backup"],
        ["database", "migrate", "now"],
        ["user", "--help"],
    ],
)
def test_help_and_slips_of_the_keyboard_are_answered_in_russian(words):
    said = russian(*words)
    assert re.search("[а-яё]{3}", said)
    assert not ENGLISH.search(said), said


def test_help_is_english_elsewhere():
    assert "Show this message and exit." in ambidesk("--help").stdout
