"""Absences: by whom they are entered, that they do not overlap, who stands in."""

from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ambidesk.ground.kernel import journal
from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.parties.staff.absenting import (
    AwayTwice,
    DeputyAway,
    Leave,
    NeverAway,
    NotYourAbsence,
    OverAlready,
    OwnDeputy,
    StandsInMeanwhile,
    end_absence,
    enter_absence,
)
from ambidesk.parties.staff.erasing import erase_absences
from ambidesk.parties.staff.hiring import dismiss
from ambidesk.parties.staff.models import Absence, AbsenceKind, Member
from ambidesk.parties.staff.standing_in import away_of, stand_ins_of_users
from ambidesk.support.notifications.models import Notice, NoticeKind
from ambidesk.support.notifications.notifying import News, notify_many
from tests.cast import Cast, hired

DAY = timedelta(days=1)


def _leave(at: datetime, start: int, days: int, deputy: Member | None = None) -> Leave:
    return Leave(
        kind=AbsenceKind.HOLIDAY,
        starts_at=at + start * DAY,
        ends_at=at + (start + days) * DAY,
        deputy=deputy,
    )


def _away(
    cast: Cast, member: Member, start: int, days: int, deputy: Member | None = None
) -> Absence:
    return enter_absence(member, _leave(cast.at, start, days, deputy), by=SYSTEM, at=cast.at)


def test_a_colleague_enters_their_own_absence_and_nobody_elses(cast: Cast) -> None:
    by = cast.actor(cast.olga)
    enter_absence(cast.olga, _leave(cast.at, 1, 3), by=by, at=cast.at)
    with pytest.raises(NotYourAbsence):
        enter_absence(cast.ivan, _leave(cast.at, 1, 3), by=by, at=cast.at)
    lead = hired("Lena Lead", "team_lead", cast.shop_team, at=cast.at)
    enter_absence(cast.ivan, _leave(cast.at, 1, 3), by=cast.actor(lead), at=cast.at)
    assert journal.entries_of("member", cast.ivan.pk)[-1].kind == "staff.absence_entered"


def test_nobody_is_away_twice_at_once(cast: Cast) -> None:
    _away(cast, cast.olga, 1, 3)
    _away(cast, cast.olga, 4, 1)
    with pytest.raises(AwayTwice, match="Olga Orlova is already away"):
        _away(cast, cast.olga, 2, 1)
    assert Absence.objects.count() == 2


def test_an_absence_lies_ahead_and_has_a_length(cast: Cast) -> None:
    with pytest.raises(NeverAway):
        _away(cast, cast.olga, 1, 0)
    with pytest.raises(OverAlready):
        _away(cast, cast.olga, -3, 2)


def test_a_deputy_who_is_away_too_is_refused_unless_somebody_stands_in_for_them(
    cast: Cast,
) -> None:
    with pytest.raises(OwnDeputy):
        _away(cast, cast.olga, 1, 3, cast.olga)
    ivans = _away(cast, cast.ivan, 2, 5)
    with pytest.raises(DeputyAway, match="Ivan Ilyin is away too"):
        _away(cast, cast.olga, 1, 3, cast.ivan)
    leave = _leave(cast.at, 2, 5, cast.lev)
    enter_absence(cast.ivan, leave, absence=ivans, by=SYSTEM, at=cast.at)
    _away(cast, cast.olga, 1, 3, cast.ivan)
    first = away_of(None, at=cast.at + DAY)
    then = away_of(None, at=cast.at + 2 * DAY)
    assert first[cast.olga.pk].stand_in == cast.ivan.pk
    assert then[cast.olga.pk].stand_in == cast.lev.pk


def test_who_stands_in_names_a_deputy_before_they_go(cast: Cast) -> None:
    _away(cast, cast.olga, 1, 3, cast.ivan)
    with pytest.raises(StandsInMeanwhile, match="Ivan Ilyin stands in for Olga Orlova"):
        _away(cast, cast.ivan, 2, 1)
    _away(cast, cast.ivan, 2, 1, cast.lev)
    assert away_of(None, at=cast.at + 2 * DAY)[cast.olga.pk].stand_in == cast.lev.pk


def test_what_has_not_begun_is_withdrawn_and_what_lasts_ends_now(cast: Cast) -> None:
    later, now = _away(cast, cast.olga, 5, 2), _away(cast, cast.ivan, 0, 2)
    end_absence(later, by=cast.actor(cast.olga), at=cast.at + DAY)
    end_absence(now, by=cast.actor(cast.ivan), at=cast.at + DAY)
    assert list(Absence.objects.values_list("member", "ends_at")) == [(cast.ivan.pk, cast.at + DAY)]
    with pytest.raises(OverAlready):
        end_absence(Absence.objects.get(), by=SYSTEM, at=cast.at + 2 * DAY)


def test_a_stand_in_is_told_what_the_absent_one_would_be_told(cast: Cast) -> None:
    _away(cast, cast.olga, 0, 2, cast.ivan)
    news = [
        News(
            user_id=user,
            kind=NoticeKind.MENTION,
            subject_kind="ticket",
            subject_id=1,
            actor_id=cast.lev.user_id,
            sequence=number,
            at=cast.at,
        )
        for user, number in (
            (cast.olga.user_id, 1),
            (cast.olga.user_id, 2),
            (cast.ivan.user_id, 2),
        )
    ]
    for _twice in range(2):
        notify_many(news, at=cast.at)
    told = Notice.objects.filter(user=cast.ivan.user_id).order_by("sequence")
    assert list(told.values_list("sequence", "instead_of")) == [
        (1, cast.olga.user_id),
        (2, None),
    ]


def test_who_no_longer_works_here_stands_in_for_nobody(cast: Cast) -> None:
    _away(cast, cast.olga, 0, 2, cast.ivan)
    asked = {cast.olga.user_id}
    assert stand_ins_of_users(asked, at=cast.at) == {cast.olga.user_id: cast.ivan.user_id}
    dismiss(cast.ivan, by=SYSTEM, at=cast.at)
    assert stand_ins_of_users(asked, at=cast.at) == {}


ENTRY = st.tuples(
    st.integers(0, 3), st.integers(0, 8), st.integers(1, 4), st.one_of(st.none(), st.integers(0, 3))
)


@given(st.lists(ENTRY, max_size=7))
@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_whatever_is_entered_whoever_named_a_deputy_has_a_stand_in(
    cast: Cast, entries: list[tuple[int, int, int, int | None]]
) -> None:
    Absence.objects.all().delete()
    people = [cast.olga, cast.ivan, cast.lev, cast.admin]
    for who, start, days, deputy in entries:
        chosen = None if deputy is None else people[deputy]
        try:
            _away(cast, people[who], start, days, chosen)
        except Refusal:
            continue
    for day in range(14):
        at = cast.at + day * DAY
        away = away_of(None, at=at)
        for absence in Absence.objects.at(at).exclude(deputy=None):
            stand_in = away[absence.member_id].stand_in
            assert stand_in is not None
            assert stand_in not in away


def test_why_somebody_was_away_stands_in_no_journal_and_is_forgotten_with_them(cast: Cast) -> None:
    leave = Leave(
        kind=AbsenceKind.ILLNESS,
        starts_at=cast.at,
        ends_at=cast.at + DAY,
        note="In hospital",
    )
    enter_absence(cast.olga, leave, by=SYSTEM, at=cast.at)
    told = journal.entries_of("member", cast.olga.pk)[-1]
    assert "illness" not in str(told.data)
    assert cast.olga.person is not None
    erase_absences(cast.olga.person)
    row = Absence.objects.get()
    assert (row.kind, row.note) == (AbsenceKind.OTHER, "")
