"""Periodic surveys: whoever had a ticket lately is asked now and then, a few at a time."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ambidesk.ground.kernel import holding
from ambidesk.parties.brands.founding import Face, set_up
from ambidesk.relation.feedback.asking import rewritten
from ambidesk.relation.feedback.models import (
    Invitation,
    InvitationState,
    Occasion,
    Spared,
    Survey,
    Way,
)
from ambidesk.relation.feedback.offering import WantsNone, offer, offer_due
from ambidesk.relation.feedback.rating import rate
from ambidesk.relation.feedback.refusing import allow_surveys, refuse_surveys
from ambidesk.relation.feedback.results import results_about
from ambidesk.relation.feedback.rules.pacing import is_time_to_ask, portion
from ambidesk.relation.feedback.rules.scales import SurveyKind
from ambidesk.relation.feedback.sampling import candidates, sample_due
from ambidesk.relation.feedback.surveying import Asking, set_up_survey
from ambidesk.relation.feedback.tallying import outcome_of
from ambidesk.support.conversations.models import Delivery
from ambidesk.support.tickets.closing import reopen, solve
from ambidesk.support.tickets.models import Ticket
from tests.cast import Cast

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
pytestmark = pytest.mark.django_db


def noon_after(cast: Cast) -> datetime:
    """A Wednesday at noon, a day at least after everything else."""
    day = cast.at.replace(hour=12, minute=0, second=0, microsecond=0) + DAY
    return day + DAY * ((2 - day.weekday()) % 7)


@pytest.fixture
def nps(cast: Cast) -> Survey:
    asking = Asking(name="NPS", kind=SurveyKind.NPS, occasion=Occasion.PERIODIC)
    return set_up_survey(None, asking, by=cast.actor(cast.admin), at=cast.at)


def solved(cast: Cast, **fields: object) -> Ticket:
    ticket = cast.ticket(sender_verified=True, **fields)
    solve(ticket, by=cast.actor(cast.olga), at=cast.at)
    return ticket


def asked(at: datetime) -> list[Invitation]:
    sample_due(at=at)
    offer_due(at=at)
    rows = Invitation.objects.filter(state=InvitationState.OFFERED).order_by("pk")
    return list(rows.select_related("survey", "ticket__brand", "person", "message"))


def test_whoever_had_a_ticket_is_asked_by_a_mail_of_its_own(cast: Cast, nps: Survey) -> None:
    ticket = solved(cast)
    (invitation,) = asked(noon_after(cast))
    assert (invitation.ticket, invitation.is_periodic) == (ticket, True)
    message = invitation.message
    assert message is not None
    assert str(ticket.number) not in message.subject
    words = rewritten(message)
    assert words is not None
    assert "/refusal" in words.text
    assert words.unsubscribe.endswith("/unsubscription")
    assert Delivery.objects.get(message=message).recipient == cast.anna
    rate(invitation, 9, way=Way.MAIL, at=noon_after(cast))
    assert [each.kind for each in results_about(ticket)] == [SurveyKind.NPS]


def test_nobody_is_asked_twice_in_a_round_but_in_the_next_one(cast: Cast, nps: Survey) -> None:
    solved(cast)
    solved(cast)
    noon = noon_after(cast)
    assert len(asked(noon)) == 1
    assert len(asked(noon + 5 * DAY)) == 1
    assert len(asked(noon + 91 * DAY)) == 2


def test_nobody_is_asked_who_waits_for_us(cast: Cast, nps: Survey) -> None:
    solved(cast)
    cast.ticket(sender_verified=True)
    assert asked(noon_after(cast)) == []


def test_a_ticket_that_is_opened_again_meanwhile_is_not_asked_about(
    cast: Cast, nps: Survey
) -> None:
    ticket = solved(cast)
    noon = noon_after(cast)
    sample_due(at=noon)
    reopen(ticket, by=cast.actor(cast.olga), at=noon)
    offer_due(at=noon)
    assert Invitation.objects.get().spared == Spared.REOPENED


def test_nobody_is_asked_by_two_surveys_within_the_rest(cast: Cast, nps: Survey) -> None:
    set_up_survey(None, Asking(name="CSAT"), by=cast.actor(cast.admin), at=cast.at)
    ticket = solved(cast)
    offer(ticket, way=Way.WIDGET, by=cast.actor(cast.olga), at=cast.at)
    assert sample_due(at=noon_after(cast)) == 0
    # Two weeks later they may be, about the same ticket.
    assert sample_due(at=noon_after(cast) + 21 * DAY) == 1


def test_the_day_has_room_for_so_many_and_no_more(cast: Cast, nps: Survey) -> None:
    Survey.objects.filter(pk=nps.pk).update(most_a_day=1)
    solved(cast)
    solved(cast, sender=cast.boris)
    noon = noon_after(cast)
    assert [sample_due(at=noon), sample_due(at=noon + HOUR)] == [1, 0]


def test_at_night_and_on_sundays_nobody_is_asked(cast: Cast, nps: Survey) -> None:
    solved(cast)
    noon = noon_after(cast)
    assert sample_due(at=noon + 11 * HOUR) == 0
    assert sample_due(at=noon + 4 * DAY) == 0
    assert sample_due(at=noon) == 1


def test_the_survey_of_a_brand_asks_by_the_time_of_its_brand(cast: Cast, nps: Survey) -> None:
    zone = "Asia/Vladivostok"
    face = Face(name="Polka", slug="polka", language="ru", accent="#3b5bdb", zone=zone)
    brand = set_up(cast.shop, face, by=cast.actor(cast.admin), at=cast.at)
    Survey.objects.filter(pk=nps.pk).update(brand=brand)
    solved(cast)
    noon = noon_after(cast)
    # Ten in the evening there, and eleven in the morning.
    assert sample_due(at=noon) == 0
    assert sample_due(at=noon + 13 * HOUR) == 1


def test_after_a_restore_nobody_is_chosen(cast: Cast, nps: Survey) -> None:
    solved(cast)
    holding.hold(at=cast.at)
    assert sample_due(at=noon_after(cast)) == 0


def test_a_survey_asks_in_its_own_brand_and_those_with_enough_tickets(
    cast: Cast, nps: Survey
) -> None:
    solved(cast)
    noon = noon_after(cast)
    Survey.objects.filter(pk=nps.pk).update(brand=cast.lifts)
    nps.refresh_from_db()
    assert not candidates(nps, at=noon).exists()
    Survey.objects.filter(pk=nps.pk).update(brand=cast.shop, least_tickets=2)
    nps.refresh_from_db()
    assert not candidates(nps, at=noon).exists()
    solved(cast)
    assert candidates(nps, at=noon).count() == 1
    assert not candidates(nps, at=noon + 181 * DAY).exists()


def test_who_does_not_want_to_be_asked_is_not_by_any_survey_of_the_brand(
    cast: Cast, nps: Survey
) -> None:
    solved(cast)
    (invitation,) = asked(noon_after(cast))
    at = noon_after(cast) + HOUR
    refuse_surveys(invitation, at=at)
    refuse_surveys(invitation, at=at)
    assert sample_due(at=noon_after(cast) + 91 * DAY) == 0
    set_up_survey(None, Asking(name="CSAT"), by=cast.actor(cast.admin), at=at)
    with pytest.raises(WantsNone):
        offer(solved(cast), way=Way.WIDGET, by=cast.actor(cast.olga), at=at + 91 * DAY)
    allow_surveys(invitation, at=at)
    assert sample_due(at=noon_after(cast) + 91 * DAY) == 1


def test_what_came_of_it_is_counted_on_seen_tickets_only(cast: Cast, nps: Survey) -> None:
    solved(cast)
    (invitation,) = asked(noon_after(cast))
    rate(invitation, 4, way=Way.MAIL, at=noon_after(cast))
    outcome = outcome_of(nps, among=Ticket.objects.all())
    assert (outcome.asked, outcome.answered, dict(outcome.marks)) == (1, 1, {4: 1})
    nothing = outcome_of(nps, among=Ticket.objects.filter(brand=cast.lifts))
    assert (nothing.asked, nothing.answered) == (0, 0)


@given(most=st.integers(0, 500), today=st.integers(0, 600), once=st.integers(1, 60))
def test_a_portion_never_exceeds_what_the_day_has_left(most: int, today: int, once: int) -> None:
    size = portion(most_a_day=most, asked_today=today, at_once=once)
    assert 0 <= size <= once
    assert today + size <= max(most, today)


@given(st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001
def test_the_time_to_ask_is_that_of_the_desks_zone(at: datetime) -> None:
    zone = timezone(timedelta(hours=7))
    there = at + timedelta(hours=7)
    assert is_time_to_ask(at, zone=zone) == (there.weekday() < 5 and 10 <= there.hour < 18)
