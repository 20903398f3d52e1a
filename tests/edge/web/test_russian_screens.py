"""Every screen in Russian: no word of ours is left in English, wherever it hides."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from django.utils import translation
from django.utils.translation import trans_real
from pytest_django import DjangoDbBlocker

from ambidesk.ground.kernel.routes import all_routes
from ambidesk.wiring import routes as wired
from tests.catalogues import compile_russian
from tests.edge.web.house import House, reader_of, standing_house
from tests.house.catalogue import entries

# The wired addresses: imported, they stand in the table.
assert wired.urlpatterns
# The API is English in its names, and so is what says them.
ENGLISH_BY_DESIGN = {"api-guide"}
SCREENS = {
    r.name: r
    for r in all_routes()
    if "GET" in r.views and not r.name.startswith("tests-") and r.name not in ENGLISH_BY_DESIGN
}
# What an administrator cannot read of others, and what asks for the password first.
AS_OPERATOR = {"view", "session", "mfa_deactivate_totp"}
TOLD = {"aria-label", "title", "placeholder", "alt", "data-command"}
# What stands as code is a name for machines, such as a column of a file.
SILENT = {"script", "style", "template", "code"}
# English words of a sentence; none of the cast's own words has one of them.
ENGLISH = re.compile(r"\b(the|your|with|for|and|this|cannot|nobody|somebody|yet)\b", re.IGNORECASE)
# Views, roles, subjects and whoever writes are named by people; a language is called as those call it
# who speak it; a key is what stands on it.
NAMED_BY_PEOPLE = {
    *("Mine", "Administrator", "Operator", "Reader", "Team lead", "The same thing"),
    *("Anna Petrova", "Question", "Urgent"),
}
# Headings of files are read in either language.
AS_THEY_ARE = NAMED_BY_PEOPLE | {"English", "h", "until"}
pytestmark = pytest.mark.django_db


class Reading(HTMLParser):
    """What a person reads or hears of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.read: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take what is told by attributes."""
        self._silent += tag in SILENT
        self.read += [value for name, value in attrs if name in TOLD and value]

    def handle_endtag(self, tag: str) -> None:
        """Come out of what is not shown."""
        self._silent -= tag in SILENT

    def handle_data(self, data: str) -> None:
        """Take a text."""
        if not self._silent and data.strip():
            self.read.append(" ".join(data.split()))


@pytest.fixture(scope="module")
def house(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[House]:
    """A desk whose people's browsers ask for Russian."""
    compile_russian()
    trans_real._translations.pop("ru", None)
    with django_db_blocker.unblock(), standing_house(language="ru") as built:
        yield built
    translation.deactivate()


@pytest.mark.parametrize("name", sorted(SCREENS))
def test_nothing_on_a_russian_screen_is_english(name: str, house: House) -> None:
    who = "operator" if name in AS_OPERATOR else reader_of(name)
    answer = house.people[who].get(house.things.address_of(SCREENS[name]))
    if "text/html" not in answer.get("Content-Type", "") or answer.streaming:
        return
    assert left_in_english(answer.content.decode()) == []


def test_an_address_that_leads_nowhere_is_told_in_russian(house: House) -> None:
    answer = house.people["operator"].get("/nowhere")
    assert answer.status_code == 404
    assert left_in_english(answer.content.decode()) == []


def left_in_english(page: str) -> list[str]:
    """What is read of the page and is a sentence of ours in English, or looks like English."""
    reading = Reading()
    reading.feed(page)
    ours = {entry.english for entry in entries() if entry.english not in entry.russian}
    read = [words for words in reading.read if words not in AS_THEY_ARE]
    return [words for words in read if words in ours or ENGLISH.search(words)]
