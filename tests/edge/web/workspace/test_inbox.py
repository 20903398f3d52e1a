"""The inbox: views with counts, rows page by page, parts that equal the page."""

import json
from datetime import timedelta

from django.test import Client

from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.parties.people.meeting import meet_unknown
from ambidesk.support.tickets.assigning import assign
from ambidesk.support.tickets.closing import close
from ambidesk.support.tickets.opening import Opening, open_many
from tests.cast import Cast
from tests.edge.web.workspace.conftest import HTMX, at_most, text_of


def fill(cast: Cast, number: int) -> None:
    openings = [
        Opening(
            brand=cast.shop,
            requester=cast.anna,
            subject=f"Parcel {place}",
            channel=cast.shop_mail,
            opened_at=cast.at + timedelta(minutes=place),
        )
        for place in range(number)
    ]
    open_many(openings, by=SYSTEM, at=cast.at)


def test_the_day_begins_with_what_is_mine(olga: Client) -> None:
    assert olga.get("/").headers["Location"] == "/inbox/mine/"


def test_a_new_ticket_stands_among_the_unassigned_of_its_brand_only(
    olga: Client, lev: Client, cast: Cast
) -> None:
    cast.ticket()
    assert "Parcel" in text_of(olga.get("/inbox/unassigned/"))
    assert "Parcel" not in text_of(lev.get("/inbox/unassigned/"))


def test_an_empty_view_says_how_the_first_ticket_gets_there(olga: Client) -> None:
    assert "Take one from Unassigned" in text_of(olga.get("/inbox/mine/"))


def test_a_view_that_nobody_has_is_not_there(olga: Client) -> None:
    assert olga.get("/inbox/nonsense/").status_code == 404


def test_the_title_tells_how_many_wait_for_me(olga: Client, cast: Cast) -> None:
    ticket = cast.ticket()
    assign(ticket, assignee=cast.olga, team=cast.shop_team, by=SYSTEM, at=cast.at)
    assert "<title>(1) Mine · Ambidesk</title>" in text_of(olga.get("/inbox/mine/"))


def test_the_rows_that_are_refreshed_are_those_of_the_page(olga: Client, cast: Cast) -> None:
    fill(cast, 3)
    page = text_of(olga.get("/inbox/unassigned/"))
    part = text_of(olga.get("/inbox/unassigned/?part=rows", headers=HTMX))
    assert part.strip() in page
    assert part.count("data-row=") == 3


def test_a_long_list_goes_on_where_it_ended_without_repeating_a_row(
    olga: Client, cast: Cast
) -> None:
    fill(cast, 55)
    first = olga.get("/inbox/unassigned/")
    after = first.context["inbox"].next
    more = olga.get("/inbox/unassigned/", {"part": "more", "after": after}, headers=HTMX)
    shown = [row.number for row in first.context["inbox"].rows]
    further = [row.number for row in more.context["inbox"].rows]
    assert len(shown) == 50
    assert len(further) == 5
    assert not set(shown) & set(further)


def test_a_refresh_brings_as_many_rows_as_stood_there(olga: Client, cast: Cast) -> None:
    fill(cast, 120)
    part = olga.get("/inbox/unassigned/", {"part": "rows", "shown": "110"}, headers=HTMX)
    assert text_of(part).count("data-row=") == 110


def test_a_list_of_fifty_rows_asks_nine_queries_at_most(olga: Client, cast: Cast) -> None:
    fill(cast, 60)
    olga.get("/inbox/unassigned/")
    with at_most(9):
        assert text_of(olga.get("/inbox/unassigned/")).count("data-row=") == 50


def test_a_view_that_counts_looks_back_step_by_step(olga: Client, cast: Cast) -> None:
    cast.ticket(subject="Long ago")
    fill(cast, 2_010)
    spoken = json.dumps({"all": [{"relation": "messages", "quantity": "at_least", "number": 1}]})
    saved = olga.post("/views/", {"name": "Spoken", "icon": "star", "condition": spoken})
    address = saved.headers["Location"]
    first = text_of(olga.get(address))
    assert "Looked at tickets since" in first
    assert "Long ago" not in first
    after = olga.get(address).context["inbox"].next
    further = text_of(olga.get(address, {"part": "more", "after": after, "further": "1"}))
    assert "Long ago" in further
    assert "Look further back" not in further


def test_whoever_left_no_address_stands_in_every_list_and_can_be_opened(
    olga: Client, cast: Cast
) -> None:
    hidden = meet_unknown("Hidden number", at=cast.at)
    ticket = open_many(
        [Opening(brand=cast.shop, requester=hidden, subject="Missed call")], by=SYSTEM, at=cast.at
    )[0]
    number = ticket.number
    for address in ("/inbox/unassigned/", "/inbox/all/", f"/tickets/{number}"):
        shown = olga.get(address)
        assert shown.status_code == 200, address
    assert "Hidden number" in text_of(olga.get("/inbox/unassigned/"))
    for part in ("context", "works", "coverage", "approvals", "handovers", "promises", "asset"):
        assert olga.get(f"/tickets/{number}/{part}", headers=HTMX).status_code == 200, part


def test_counts_follow_what_happens(olga: Client, cast: Cast) -> None:
    ticket = cast.ticket()
    assert count_of(olga, "Unassigned") == "1"
    close(ticket, by=SYSTEM, at=cast.at)
    assert count_of(olga, "Unassigned") == "0"


def count_of(client: Client, view: str) -> str:
    counts = text_of(client.get("/inbox/mine/counts", headers=HTMX))
    after = counts.partition(f'<span class="view-name">{view}</span>')[2]
    return after.partition('<span class="view-count">')[2].partition("</span>")[0]


def test_a_cursor_that_is_none_is_refused_in_words(olga: Client) -> None:
    answer = olga.get("/inbox/unassigned/?after=nonsense")
    assert 400 <= answer.status_code < 500
