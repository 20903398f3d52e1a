"""Views of operators: what stands in which, in which order, and how the pages follow."""

from datetime import timedelta

import pytest
from django.db.models import Q

from ambidesk.support.desk.counting import count
from ambidesk.support.desk.paging import WrongCursor
from ambidesk.support.desk.viewing import UnknownView, View, read_list, view_of, views_for
from ambidesk.support.tickets.answering import Answer, answer
from ambidesk.support.tickets.assigning import assign
from ambidesk.support.tickets.closing import close
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.tickets.snoozing import snooze
from tests.cast import Cast


def _numbers(cast: Cast, slug: str, *, member=None, later=timedelta()) -> list[int]:
    actor = cast.actor(member or cast.olga)
    page = read_list(view_of(actor, slug), actor=actor, at=cast.at + later)
    return [row.number for row in page.rows]


def test_a_new_ticket_stands_under_unassigned_and_team_of_those_who_serve_its_brand(
    cast: Cast,
) -> None:
    ticket = cast.ticket()
    assert _numbers(cast, "unassigned") == [ticket.number]
    assert _numbers(cast, "team") == [ticket.number]
    assert _numbers(cast, "mine") == []
    assert _numbers(cast, "all", member=cast.lev) == []
    assert _numbers(cast, "all", member=cast.admin) == [ticket.number]


def test_an_answered_ticket_leaves_mine_for_waiting(cast: Cast) -> None:
    ticket = cast.ticket()
    olga = cast.actor(cast.olga)
    assign(ticket, assignee=cast.olga, team=None, by=olga, at=cast.at)
    assert _numbers(cast, "mine") == [ticket.number]
    said = Answer(text="On its way.", to=(cast.anna,), due_at=cast.at)
    answer(ticket, said, by=olga, at=cast.at)
    assert _numbers(cast, "mine") == []
    assert _numbers(cast, "waiting") == [ticket.number]


def test_a_snoozed_ticket_comes_back_when_its_time_is_over_though_nobody_woke_it(
    cast: Cast,
) -> None:
    ticket = cast.ticket()
    hour = timedelta(hours=1)
    snooze(ticket, until=cast.at + hour, by=cast.actor(cast.olga), at=cast.at)
    assert _numbers(cast, "unassigned") == []
    assert _numbers(cast, "snoozed") == [ticket.number]
    assert _numbers(cast, "unassigned", later=hour) == [ticket.number]
    assert _numbers(cast, "snoozed", later=hour) == []


def test_a_suspended_ticket_stands_in_no_other_view(cast: Cast) -> None:
    ticket = cast.ticket()
    Ticket.objects.filter(pk=ticket.pk).update(suspended=True)
    views = views_for(cast.actor(cast.olga))
    holding = [view.slug for view in views if _numbers(cast, view.slug)]
    assert holding == ["suspended"]


def test_pages_follow_each_other_without_gap_or_double_also_at_one_instant(cast: Cast) -> None:
    tickets = [cast.ticket() for _ in range(7)]
    late = tickets[2]
    Ticket.objects.filter(pk=late.pk).update(last_at=cast.at + timedelta(minutes=1))
    olga = cast.actor(cast.olga)
    view = view_of(olga, "unassigned")
    seen: list[int] = []
    after = None
    while True:
        page = read_list(view, actor=olga, at=cast.at, after=after, limit=2)
        seen += [row.number for row in page.rows]
        after = page.next
        if after is None:
            break
    others = [ticket.number for ticket in reversed(tickets) if ticket != late]
    assert seen == [late.number, *others]


@pytest.mark.parametrize(
    "wrong", ["x", "1", "1-", "-1-2", "1-2-3", "9" * 17 + "-1", "1;drop", "١-٢"]
)
def test_what_is_no_cursor_is_refused(cast: Cast, wrong: str) -> None:
    olga = cast.actor(cast.olga)
    with pytest.raises(WrongCursor):
        read_list(view_of(olga, "all"), actor=olga, at=cast.at, after=wrong)


def test_an_unknown_view_is_not_found(cast: Cast) -> None:
    with pytest.raises(UnknownView) as refused:
        view_of(cast.actor(cast.olga), "everything")
    assert refused.value.status == 404


def test_counts_are_what_the_lists_hold_and_follow_a_change_at_once(cast: Cast) -> None:
    olga = cast.actor(cast.olga)
    first = cast.ticket()
    cast.ticket()
    cast.ticket(channel=cast.lift_mail)

    def counted() -> dict[str, int]:
        tallies = count(views_for(olga), actor=olga, at=cast.at)
        return {slug: tally.number for slug, tally in tallies.items() if tally.number}

    assert counted() == {"unassigned": 2, "team": 2, "all": 2}
    assign(first, assignee=cast.olga, team=cast.shop_team, by=olga, at=cast.at)
    assert counted() == {"mine": 1, "unassigned": 1, "team": 2, "all": 2}
    close(first, by=olga, at=cast.at)
    assert counted() == {"unassigned": 1, "team": 1, "all": 2}


def test_counting_again_asks_only_whether_the_journal_moved_on(
    cast: Cast, django_assert_num_queries
) -> None:
    cast.ticket()
    olga, ivan = cast.actor(cast.olga), cast.actor(cast.ivan)
    views = views_for(olga)
    others = views_for(ivan)
    count(views, actor=olga, at=cast.at)
    with django_assert_num_queries(2):  # the brands that they serve, and the journal
        count(views, actor=olga, at=cast.at)
    with django_assert_num_queries(3):  # and what is Ivan's own
        count(others, actor=ivan, at=cast.at)


def test_a_list_of_fifty_needs_as_many_questions_as_a_list_of_one(
    cast: Cast, django_assert_num_queries
) -> None:
    for _ in range(5):
        cast.ticket()
    olga = cast.actor(cast.olga)
    view = view_of(olga, "all")
    with django_assert_num_queries(2):  # the brands that she serves, the rows
        page = read_list(view, actor=olga, at=cast.at)
        for row in page.rows:
            assert row.requester.name
            assert row.requester_identity
            assert row.assignee is None


def test_a_view_that_counts_looks_at_some_tickets_a_page_and_misses_none(cast: Cast) -> None:
    numbers = [cast.ticket(subject=f"No. {place}").number for place in range(6)]
    actor = cast.actor(cast.olga)
    view = View(
        slug="some",
        name="",
        icon="",
        asks=lambda _at: Q(pk__in=numbers[:2]),
        same=None,
        is_dear=True,
    )
    found, pages, after = [], 0, None
    while after is not None or not pages:
        page = read_list(view, actor=actor, at=cast.at, after=after, looked=1)
        found += [row.number for row in page.rows]
        pages, after = pages + 1, page.next
    assert found == [numbers[1], numbers[0]]
    assert pages == 3
    assert count([view], actor=actor, at=cast.at)["some"].number == 2
