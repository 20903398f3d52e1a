"""A person answers by one click and may change their mind; a mail scanner does not count."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ambidesk.across.privacy.erasing import erase
from ambidesk.ground.kernel.journal import entries_of
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.relation.feedback.models import Invitation, Rating, Survey, Way
from ambidesk.relation.feedback.rating import (
    NotOnTheScale,
    PressTheButton,
    RateFirst,
    TooLate,
    comment,
    rate,
)
from ambidesk.relation.feedback.rules.believing import (
    CONTRADICTED_WITHIN,
    SCANNED_WITHIN,
    is_contradicted,
    is_too_soon,
)
from ambidesk.relation.feedback.tokens import invitation_of, token_of
from tests.cast import Cast
from tests.relation.feedback.conftest import HOUR, asked

MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)
START = datetime.fromisoformat("2026-03-02T10:00:00+00:00")


@pytest.fixture
def invitation(cast: Cast, survey: Survey) -> Invitation:
    return asked(cast)


@pytest.fixture
def later(cast: Cast) -> datetime:
    """Some time after the mail has left."""
    return cast.at + 2 * HOUR


def score_of(invitation: Invitation) -> int | None:
    return Rating.objects.filter(invitation=invitation).values_list("score", flat=True).first()


def told(invitation: Invitation) -> list[str]:
    entries = entries_of("ticket", invitation.ticket_id)
    return [each.kind for each in entries if each.kind.startswith("feedback.")]


def test_one_click_is_enough(invitation: Invitation, later: datetime) -> None:
    rating = rate(invitation, 5, way=Way.PAGE, by_itself=True, at=later)
    assert (rating.score, rating.is_good) == (5, True)
    assert told(invitation) == ["feedback.offered", "feedback.rated"]


def test_the_last_mark_counts_and_the_journal_knows_the_one_before(
    invitation: Invitation, later: datetime
) -> None:
    rate(invitation, 5, way=Way.PAGE, at=later)
    rate(invitation, 2, way=Way.PAGE, at=later + timedelta(days=6))
    assert score_of(invitation) == 2
    last = entries_of("ticket", invitation.ticket_id)[-1]
    assert (last.data["score"], last.data["before"], last.data["is_good"]) == (2, 5, False)


def test_the_same_mark_twice_is_one(invitation: Invitation, later: datetime) -> None:
    rate(invitation, 4, way=Way.PAGE, at=later)
    rate(invitation, 4, way=Way.PAGE, at=later + MINUTE)
    assert told(invitation).count("feedback.rated") == 1


def test_a_mind_is_changed_for_a_week(invitation: Invitation, later: datetime) -> None:
    rate(invitation, 5, way=Way.PAGE, at=later)
    with pytest.raises(TooLate):
        rate(invitation, 1, way=Way.PAGE, at=later + timedelta(days=7))
    assert score_of(invitation) == 5


def test_a_link_works_for_a_month(cast: Cast, invitation: Invitation) -> None:
    with pytest.raises(TooLate):
        rate(invitation, 5, way=Way.PAGE, at=cast.at + HOUR + timedelta(days=30))


@pytest.mark.parametrize("score", [0, 6, -1])
def test_only_marks_of_the_scale_count(invitation: Invitation, later: datetime, score: int) -> None:
    with pytest.raises(NotOnTheScale):
        rate(invitation, score, way=Way.PAGE, at=later)


def test_words_go_with_a_mark(invitation: Invitation, later: datetime) -> None:
    with pytest.raises(RateFirst):
        comment(invitation, "Quick!", at=later)
    rate(invitation, 5, way=Way.PAGE, at=later)
    comment(invitation, "  Quick!\0 ", at=later)
    assert Rating.objects.get().comment == "Quick!"
    assert told(invitation)[-1] == "feedback.commented"


def test_a_scanner_that_opens_a_link_at_once_does_not_count(
    cast: Cast, invitation: Invitation
) -> None:
    with pytest.raises(PressTheButton):
        rate(invitation, 1, way=Way.PAGE, by_itself=True, at=cast.at + HOUR + 5 * SECOND)
    assert score_of(invitation) is None
    # The person who comes later is believed.
    rate(invitation, 5, way=Way.PAGE, by_itself=True, at=cast.at + 2 * HOUR)
    assert score_of(invitation) == 5


def test_a_scanner_that_opens_every_link_leaves_no_mark(
    invitation: Invitation, later: datetime
) -> None:
    rate(invitation, 1, way=Way.PAGE, by_itself=True, at=later)
    for score in (2, 3, 4, 5):
        with pytest.raises(PressTheButton):
            rate(invitation, score, way=Way.PAGE, by_itself=True, at=later + score * SECOND)
    assert score_of(invitation) is None
    assert told(invitation) == ["feedback.offered", "feedback.rated", "feedback.doubted"]
    # From now on a button has to be pressed.
    with pytest.raises(PressTheButton):
        rate(invitation, 4, way=Way.PAGE, by_itself=True, at=later + HOUR)
    rate(invitation, 4, way=Way.PAGE, at=later + HOUR)
    assert score_of(invitation) == 4


def test_a_scanner_takes_nothing_away_from_a_pressed_button(
    invitation: Invitation, later: datetime
) -> None:
    rate(invitation, 5, way=Way.PAGE, at=later)
    with pytest.raises(PressTheButton):
        rate(invitation, 1, way=Way.PAGE, by_itself=True, at=later + 5 * SECOND)
    assert score_of(invitation) == 5


def test_an_erased_person_leaves_a_number_without_words(
    cast: Cast, invitation: Invitation, later: datetime
) -> None:
    rate(invitation, 5, way=Way.PAGE, at=later)
    comment(invitation, "My name is Anna", at=later)
    erase(invitation.person, by=SYSTEM, at=later)
    assert Rating.objects.get().comment == ""
    assert invitation_of(token_of(invitation)) is None


@settings(deadline=None)
@given(st.integers(0, 3600), st.integers(1, 5), st.integers(1, 5))
def test_nobody_is_doubted_who_takes_their_time_or_repeats_themselves(
    seconds: int, first: int, second: int
) -> None:
    at = START + timedelta(seconds=seconds)
    assert is_too_soon(offered_at=START, at=at) == (seconds < SCANNED_WITHIN.total_seconds())
    doubted = is_contradicted(score=second, at=at, before=first, before_at=START)
    assert doubted == (first != second and seconds < CONTRADICTED_WITHIN.total_seconds())
