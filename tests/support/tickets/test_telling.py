"""Who is told of what: mentions, followers, owners, lines; once, by preference, in sight only."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ambidesk.ground.kernel.journal.reading import SELECT, entries_by
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.parties.staff.forming import form_team
from ambidesk.parties.staff.hiring import dismiss, join_teams
from ambidesk.parties.staff.models.team import Line
from ambidesk.support.desk.reminding import (
    FollowUp,
    WouldNotSeeIt,
    complete,
    remind,
    remind_due,
    reminders_of,
    take_up,
)
from ambidesk.support.notifications.models import Notice, NoticeKind, Way
from ambidesk.support.notifications.preferring import prefer_ways
from ambidesk.support.notifications.reading import read_about, read_all
from ambidesk.support.tickets.answering import Answer, answer
from ambidesk.support.tickets.assigning import assign
from ambidesk.support.tickets.escalating import Why, escalate
from ambidesk.support.tickets.filing import file_message
from ambidesk.support.tickets.following import follow, unfollow
from ambidesk.support.tickets.noticing import count_unread, notices_of
from ambidesk.support.tickets.noting import note
from ambidesk.support.tickets.rules.mentions import cut, mentioned
from ambidesk.support.tickets.snoozing import InThePast
from ambidesk.support.tickets.telling import KINDS, tell_of
from tests.cast import Cast


def told(cast: Cast) -> list[tuple[str, str]]:
    """Have the journal read, and say who was told of what."""
    rows = [each for each in entries_by(f"{SELECT} ORDER BY sequence", []) if each.kind in KINDS]
    tell_of(rows, at=cast.at)
    return sorted(Notice.objects.values_list("user__name", "kind"))


def test_whoever_is_named_in_a_note_is_told_and_follows_from_then_on(cast: Cast) -> None:
    ticket, olga = cast.ticket(), cast.actor(cast.olga)
    note(ticket, text="@Ivan Ilyin, have you seen this?", by=olga, at=cast.at)
    assert told(cast) == [("Ivan Ilyin", "mention")]
    note(ticket, text="Nobody is named here", by=olga, at=cast.at)
    assert told(cast) == [("Ivan Ilyin", "followed"), ("Ivan Ilyin", "mention")]


def test_a_team_that_is_named_is_told_each_once_and_not_who_named_it(cast: Cast) -> None:
    words = f"@{cast.shop_team.name} and @Ivan Ilyin, please look"
    note(cast.ticket(), text=words, by=cast.actor(cast.olga), at=cast.at)
    assert told(cast) == [("Ivan Ilyin", "mention")]


def test_a_team_of_another_brand_hears_nothing(cast: Cast) -> None:
    words = f"@{cast.lift_team.name} look"
    note(cast.ticket(), text=words, by=cast.actor(cast.olga), at=cast.at)
    assert told(cast) == []


def test_a_name_of_who_does_not_see_the_ticket_tells_nobody(cast: Cast) -> None:
    note(cast.ticket(), text="@Lev Lvov look", by=cast.actor(cast.olga), at=cast.at)
    assert told(cast) == []


def test_nobody_is_told_of_what_they_did_themselves(cast: Cast) -> None:
    ticket, olga = cast.ticket(), cast.actor(cast.olga)
    follow(ticket, by=olga, at=cast.at)
    note(ticket, text="@Olga Orlova remember", by=olga, at=cast.at)
    assign(ticket, assignee=cast.olga, team=None, by=olga, at=cast.at)
    assert told(cast) == []


def test_owner_and_followers_hear_what_the_requester_says(cast: Cast) -> None:
    ticket = cast.ticket(thread_key="talk")
    assign(ticket, assignee=cast.olga, team=None, by=cast.actor(cast.ivan), at=cast.at)
    follow(ticket, by=cast.actor(cast.ivan), at=cast.at)
    file_message(ticket, cast.write("Any news?", thread_key="talk"), by=SYSTEM, at=cast.at)
    assert told(cast) == [
        ("Ivan Ilyin", "reply"),
        ("Olga Orlova", "assigned"),
        ("Olga Orlova", "reply"),
    ]


def test_followers_hear_of_answers_until_they_no_longer_follow(cast: Cast) -> None:
    ticket, ivan = cast.ticket(), cast.actor(cast.ivan)
    follow(ticket, by=ivan, at=cast.at)
    follow(ticket, by=ivan, at=cast.at)
    said = Answer(text="Soon.", to=(cast.anna,), due_at=cast.at)
    answer(ticket, said, by=cast.actor(cast.olga), at=cast.at)
    assert told(cast) == [("Ivan Ilyin", "followed")]
    unfollow(ticket, by=ivan)
    answer(ticket, said, by=cast.actor(cast.olga), at=cast.at)
    assert told(cast) == [("Ivan Ilyin", "followed")]


def test_an_escalation_tells_the_team_of_the_further_line(cast: Cast) -> None:
    second = form_team(
        None,
        name="Repair",
        brands=[cast.shop],
        members=[cast.ivan],
        line=Line.SECOND,
        by=SYSTEM,
        at=cast.at,
    )
    why = Why(reason="Broken")
    escalate(cast.ticket(), second, why=why, by=cast.actor(cast.olga), at=cast.at)
    assert told(cast) == [("Ivan Ilyin", "escalated")]


def test_the_journal_read_twice_tells_once(cast: Cast) -> None:
    note(cast.ticket(), text="@ivan ilyin!", by=cast.actor(cast.olga), at=cast.at)
    assert told(cast) == told(cast) == [("Ivan Ilyin", "mention")]


def test_what_is_out_of_sight_by_now_is_no_longer_shown(cast: Cast) -> None:
    note(cast.ticket(), text="@Ivan Ilyin", by=cast.actor(cast.olga), at=cast.at)
    told(cast)
    assert count_unread(cast.actor(cast.ivan)) == 1
    join_teams(cast.ivan, [cast.lift_team], by=SYSTEM, at=cast.at)
    assert count_unread(cast.actor(cast.ivan)) == 0


def test_a_closed_account_is_told_nothing(cast: Cast) -> None:
    ticket = cast.ticket()
    follow(ticket, by=cast.actor(cast.ivan), at=cast.at)
    dismiss(cast.ivan, by=SYSTEM, at=cast.at)
    note(ticket, text="@Ivan Ilyin", by=cast.actor(cast.olga), at=cast.at)
    assert told(cast) == []


def test_preferences_say_in_which_ways(cast: Cast) -> None:
    ticket, olga = cast.ticket(), cast.actor(cast.olga)
    prefer_ways(cast.ivan.user, {NoticeKind.MENTION: [Way.MAIL], NoticeKind.FOLLOWED: []})
    note(ticket, text="@Ivan Ilyin", by=olga, at=cast.at)
    note(ticket, text="And more", by=olga, at=cast.at)
    assert told(cast) == [("Ivan Ilyin", "mention")]
    kept = Notice.objects.get()
    assert (kept.is_shown, kept.mail_due_at) == (False, cast.at + timedelta(minutes=5))
    assert not notices_of(cast.actor(cast.ivan)).exists()


def test_notices_are_read_by_looking_at_the_ticket_or_all_at_once(cast: Cast) -> None:
    first, second = cast.ticket(), cast.ticket()
    ivan, olga = cast.actor(cast.ivan), cast.actor(cast.olga)
    for each in (first, second):
        note(each, text="@Ivan Ilyin", by=olga, at=cast.at)
    told(cast)
    assert read_about("ticket", first.pk, by=olga, at=cast.at) == 0
    assert read_about("ticket", first.pk, by=ivan, at=cast.at) == 1
    assert count_unread(ivan) == 1
    assert read_all(by=ivan, at=cast.at) == 1
    assert count_unread(ivan) == 0
    # What is read on the screen is not mailed.
    assert not Notice.objects.exclude(mail_due_at=None).exists()


def test_a_follow_up_is_told_once_when_it_is_due_and_done_by_hand(cast: Cast) -> None:
    ticket, olga = cast.ticket(), cast.actor(cast.olga)
    due = cast.at + timedelta(hours=2)
    wanted = FollowUp(user=cast.ivan.user, due_at=due, words="Call Anna")
    made = remind(ticket, wanted, by=olga, at=cast.at)
    ivan = cast.actor(cast.ivan)
    assert [each.words for each in reminders_of(ivan)] == ["Call Anna"]
    assert remind_due(at=cast.at) == 0
    assert remind_due(at=due) == 1
    assert remind_due(at=due) == 0
    assert list(Notice.objects.values_list("user__name", "kind")) == [("Ivan Ilyin", "reminder")]
    complete(made, by=ivan, at=due)
    assert not reminders_of(ivan).exists()
    take_up(made, by=ivan, at=due)
    assert reminders_of(ivan).exists()


def test_a_follow_up_lies_ahead_and_is_for_who_sees_the_ticket(cast: Cast) -> None:
    ticket, olga = cast.ticket(), cast.actor(cast.olga)
    with pytest.raises(InThePast):
        remind(ticket, FollowUp(user=cast.olga.user, due_at=cast.at), by=olga, at=cast.at)
    later = cast.at + timedelta(hours=1)
    with pytest.raises(WouldNotSeeIt, match="Lev Lvov"):
        remind(ticket, FollowUp(user=cast.lev.user, due_at=later), by=olga, at=cast.at)


NAMES = {1: "Olga Orlova", 2: "Ivan Ilyin", 3: "Ivan", 4: "Ёлка Жукова", 5: "Ivan Ilyin"}


@pytest.mark.parametrize(
    "text, keys",
    [
        ("@Olga Orlova, look", {1}),
        ("look (@olga  orlova)", set()),
        ("look (@olga orlova)", {1}),
        ("@Ivan Ilyin", {2, 5}),
        ("@Ivan Ilyinsky", {3}),
        ("@Ivan", {3}),
        ("@Ivanka", set()),
        ("mail olga@Ivan.example", set()),
        ("@ёлка жукова и @Olga Orlova", {4, 1}),
        ("@", set()),
    ],
)
def test_the_longest_name_behind_a_sign_is_meant(text: str, keys: set[int]) -> None:
    assert mentioned(text, NAMES) == keys


@given(before=st.text(max_size=20), after=st.text(max_size=20), key=st.sampled_from([1, 2, 4]))
def test_a_name_is_found_wherever_it_stands_as_a_word(before: str, after: str, key: int) -> None:
    if "@" in before + after:
        return
    assert key in mentioned(f"{before} @{NAMES[key]} {after}", NAMES)
    assert mentioned(before + after, NAMES) == frozenset()


@given(
    before=st.text(max_size=20),
    after=st.text(max_size=20),
    name=st.sampled_from(["Olga Orlova", "Ivan"]),
)
def test_a_text_that_is_cut_by_names_loses_no_sign(before: str, after: str, name: str) -> None:
    text = f"{before} @{name} {after}"
    parts = cut(text, ["Olga Orlova", "Ivan", ""])
    assert "".join(said for said, _is_name in parts) == text
    assert (f"@{name}", True) in parts


def test_the_longest_name_is_cut_out_and_addresses_are_left_alone() -> None:
    assert cut("@ivan ilyin, ask a@Ivan.example", ["Ivan", "Ivan Ilyin"]) == [
        ("@ivan ilyin", True),
        (", ask a@Ivan.example", False),
    ]
    assert cut("@Ivanka", ["Ivan"]) == [("@Ivanka", False)]
    assert cut("a\nb", []) == [("a\nb", False)]
