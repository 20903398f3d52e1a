"""Views that operators save: whose they are, what they hold, and what is refused."""

import pytest

from ambidesk.ground.conditions.refusals import UnknownField
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.parties.staff.hiring import join_teams
from ambidesk.service.catalogue.models import Tag
from ambidesk.support.desk import saving
from ambidesk.support.desk.counting import count
from ambidesk.support.desk.models import SavedView
from ambidesk.support.desk.saving import Saving, change_view, drop_view, save_view
from ambidesk.support.desk.viewing import read_list, view_of, views_for
from ambidesk.support.desk.views.view import View
from ambidesk.support.tickets.closing import close
from ambidesk.support.tickets.describing import mark_read, tag
from ambidesk.support.tickets.models import Ticket
from tests.cast import Cast

UNREAD = {"field": "unread", "operator": "is", "value": True}
OPEN = {"field": "state", "operator": "one_of", "value": ["new", "open"]}


def _saved(cast: Cast, condition: object, **fields: object) -> SavedView:
    values = {"name": "Mine", "condition": condition, **fields}
    return save_view(Saving(**values), by=cast.actor(cast.olga), at=cast.at)


def _shown(cast: Cast, view: SavedView, *, member=None) -> list[int]:
    actor = cast.actor(member or cast.olga)
    page = read_list(view_of(actor, view.slug), actor=actor, at=cast.at)
    return [row.number for row in page.rows]


def _view(cast: Cast, row: SavedView) -> View:
    return view_of(cast.actor(cast.olga), row.slug)


def test_a_saved_view_holds_what_its_condition_says_within_reach(cast: Cast) -> None:
    vip = Tag.objects.create(name="vip")
    ours = cast.ticket()
    cast.ticket()
    foreign = cast.ticket(channel=cast.lift_mail)
    for each in (ours, foreign):
        tag(each, add=[vip], by=SYSTEM, at=cast.at)
    view = _saved(cast, {"field": "tags", "operator": "has_any", "value": [vip.pk]})
    assert _shown(cast, view) == [ours.number]


def test_me_is_whoever_looks(cast: Cast) -> None:
    ticket = cast.ticket()
    Ticket.objects.filter(pk=ticket.pk).update(assignee=cast.ivan)
    mine = {"field": "assignee", "operator": "is", "value": {"symbol": "me"}}
    view = _saved(cast, mine, team=cast.shop_team)
    assert _shown(cast, view) == []
    assert _shown(cast, view, member=cast.ivan) == [ticket.number]


def test_a_view_is_its_owners_until_it_is_shared_with_a_team(cast: Cast) -> None:
    view = _saved(cast, UNREAD)
    slugs = [each.slug for each in views_for(cast.actor(cast.ivan))]
    assert view.slug not in slugs
    shared = Saving(name="Ours", condition=UNREAD, team=cast.shop_team)
    change_view(view, shared, by=cast.actor(cast.olga), at=cast.at)
    assert [each.name for each in views_for(cast.actor(cast.ivan)) if each.saved] == ["Ours"]
    assert [each.name for each in views_for(cast.actor(cast.lev)) if each.saved] == []
    join_teams(cast.ivan, [], by=SYSTEM, at=cast.at)
    assert [each.name for each in views_for(cast.actor(cast.ivan)) if each.saved] == []


def test_only_its_owner_changes_or_drops_a_shared_view(cast: Cast) -> None:
    view = _saved(cast, UNREAD, team=cast.shop_team)
    ivan = cast.actor(cast.ivan)
    with pytest.raises(saving.NotYourView, match="Olga Orlova"):
        change_view(view, Saving(name="His", condition=UNREAD), by=ivan, at=cast.at)
    with pytest.raises(saving.NotYourView):
        drop_view(view, by=ivan, at=cast.at)
    drop_view(view, by=cast.actor(cast.olga), at=cast.at)
    assert not SavedView.objects.exists()


@pytest.mark.parametrize(
    "wrong, refusal",
    [
        ({"name": "  "}, saving.ViewNeedsName),
        ({"name": "Late"}, saving.ViewNameTaken),
        ({"icon": "skull"}, saving.UnknownIcon),
        ({"condition": {"field": "password", "operator": "is", "value": "x"}}, UnknownField),
    ],
)
def test_a_view_that_makes_no_sense_is_refused(cast: Cast, wrong, refusal) -> None:
    _saved(cast, UNREAD, name="Late")
    with pytest.raises(refusal):
        _saved(cast, **{"condition": UNREAD, "name": "New", **wrong})


def test_views_are_shared_with_own_teams_only_and_are_not_endless(cast: Cast, monkeypatch) -> None:
    with pytest.raises(saving.NotYourTeam):
        _saved(cast, UNREAD, team=cast.lift_team)
    monkeypatch.setattr(saving, "MOST_VIEWS", 1)
    _saved(cast, UNREAD)
    with pytest.raises(saving.TooManyViews):
        _saved(cast, UNREAD, name="One more")


def test_a_view_whose_condition_no_longer_makes_sense_says_so_and_breaks_nothing(
    cast: Cast,
) -> None:
    cast.ticket()
    view = _saved(cast, UNREAD)
    SavedView.objects.filter(pk=view.pk).update(condition={"field": "gone", "operator": "is"})
    assert "gone" in _view(cast, view).problem
    assert _shown(cast, view) == []
    olga = cast.actor(cast.olga)
    tallies = count(views_for(olga), actor=olga, at=cast.at)
    assert tallies[view.slug].number == 0
    assert tallies["unassigned"].number == 1


def test_counts_of_saved_views_follow_also_what_the_journal_does_not_tell(cast: Cast) -> None:
    ticket = cast.ticket()
    view = _saved(cast, UNREAD)
    olga = cast.actor(cast.olga)

    def counted() -> int:
        return count(views_for(olga), actor=olga, at=cast.at)[view.slug].number

    assert counted() == 1
    mark_read(ticket)
    assert counted() == 0


def test_a_view_that_asks_for_open_tickets_is_counted_among_them(cast: Cast) -> None:
    ticket = cast.ticket()
    view = _saved(cast, {"all": [OPEN, UNREAD]})
    every = _saved(cast, UNREAD, name="Every")
    assert _view(cast, view).is_open
    assert not _view(cast, every).is_open
    close(ticket, by=SYSTEM, at=cast.at)
    mark_read(ticket, unread=True)
    assert _shown(cast, view) == []
    assert _shown(cast, every) == [ticket.number]
    olga = cast.actor(cast.olga)
    assert str(count([_view(cast, every)], actor=olga, at=cast.at)[every.slug]) == "1"


def test_tallies_beyond_a_thousand_say_so(cast: Cast, monkeypatch) -> None:
    monkeypatch.setattr("ambidesk.support.desk.counting.AT_MOST", 2)
    for _ in range(3):
        cast.ticket()
    olga = cast.actor(cast.olga)
    view = view_of(olga, "all")
    assert str(count([view], actor=olga, at=cast.at)["all"]) == "2+"
