"""The plot: the same moment gives the same story, and nothing of it lies in the future."""

import re
from collections import Counter
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ambidesk.edge.commands.story.people import characters
from ambidesk.edge.commands.story.plot import NUMBER, plot
from ambidesk.edge.commands.story.scenery import HOUSES, STAFF
from ambidesk.edge.commands.story.situations import situations, special
from ambidesk.edge.commands.story.tale import Do

NOW = datetime(2026, 3, 4, 15, 20, tzinfo=timezone(timedelta(hours=3)))
# Domains that belong to nobody (RFC 2606).
NOBODYS = re.compile(r"@(?:[\w-]+\.)*(?:example|example\.(?:com|net|org))$")
SLOT = re.compile(r"\{[a-zA-Z_]*\}")


@pytest.fixture(scope="module")
def tales():
    return plot(NOW)


def test_a_thousand_tickets_are_told_whatever_the_hour(tales):
    assert len(tales) == NUMBER
    assert len({tale.key for tale in tales}) == NUMBER
    assert len(plot(NOW.replace(hour=3))) == NUMBER


def test_the_same_moment_gives_the_same_story(tales):
    assert plot(NOW) == tales


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 5 * 365 * 24 * 60))
def test_nothing_happens_before_its_beginning_or_after_now(minutes):
    now = datetime(2025, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    told = plot(now, number=80)
    begun = [tale.begins_at for tale in told]
    assert begun == sorted(begun)
    for tale in told:
        moments = [step.at for step in tale.steps]
        assert all(tale.begins_at <= moment <= now for moment in moments)
        assert tale.steps[0].do in {Do.HEAR, Do.CALL}


def test_the_last_tickets_came_in_just_now(tales):
    assert NOW - tales[-1].begins_at < timedelta(minutes=30)


def test_no_place_of_a_text_stays_empty(tales):
    left = {
        found
        for tale in tales
        for text in (tale.subject, *(step.words + step.quoted for step in tale.steps))
        for found in SLOT.findall(text)
    }
    assert left == set()


def test_lists_do_not_repeat_themselves(tales):
    mails = Counter(
        step.words for tale in tales for step in tale.steps if step.do in {Do.HEAR, Do.ANSWER}
    )
    assert max(count for words, count in mails.items() if len(words) > 90) < 8
    assert len(mails) > 0.8 * mails.total()
    assert len({tale.subject for tale in tales}) > 400


def test_both_languages_are_spoken(tales):
    languages = Counter(tale.who.language for tale in tales)
    assert min(languages["ru"], languages["en"]) > 150


def test_nobody_in_the_story_has_a_real_address():
    people = [*characters(), *(tale for tale in plot(NOW))]
    addresses = [getattr(each, "address", None) or each.who.address for each in people]
    addresses += [each.login for each in STAFF] + [house.address for house in HOUSES]
    assert [each for each in addresses if not NOBODYS.search(each)] == []
    assert len(characters()) == len({each.address for each in characters()}) == 200


def test_situations_name_only_what_there_is():
    categories = {house.slug: house.categories for house in HOUSES}
    strange = [
        each.category for each in situations() if each.category not in categories[each.brand]
    ]
    strange += [
        row["category"]
        for row in special()["tale"]
        if row.get("category") and row["category"] not in categories[row["brand"]]
    ]
    assert strange == []
