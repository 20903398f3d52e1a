"""All open work of somebody goes on in one verb: seen beforehand, refusals named, undone."""

from datetime import timedelta

import pytest
from django.test import Client

from ambidesk.ground.kernel import journal
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.parties.staff.absenting import Leave, enter_absence
from ambidesk.parties.staff.hiring import dismiss
from ambidesk.parties.staff.mastering import name_skill
from ambidesk.parties.staff.models import Absence, AbsenceKind, Member, WorkGoes
from ambidesk.support.desk.batches.ending import NothingToUndo
from ambidesk.support.routing.arranging import arrange_needs
from ambidesk.support.succession.beginning import begin_due
from ambidesk.support.succession.handing import (
    NothingOpen,
    NotYourWork,
    SuccessorAway,
    ToThemselves,
    hand_on,
    preview,
    take_back,
)
from ambidesk.support.succession.models import Succession, Way
from ambidesk.support.succession.planning import Target
from ambidesk.support.tickets.assigning import assign
from ambidesk.support.tickets.closing import solve
from ambidesk.support.tickets.models import Ticket
from tests.cast import Cast, hired

RETURNS = {"field": "subject", "operator": "contains", "value": "return"}


def _held(cast: Cast, member: Member, count: int = 1, **fields: object) -> list[Ticket]:
    made = [cast.ticket(f"Question {number}", **fields) for number in range(count)]
    for ticket in made:
        assign(ticket, assignee=member, team=cast.shop_team, by=SYSTEM, at=cast.at)
    return made


def _holders(tickets: list[Ticket]) -> list[int | None]:
    rows = Ticket.objects.filter(pk__in=[each.pk for each in tickets]).order_by("pk")
    return list(rows.values_list("assignee", flat=True))


def test_all_open_work_goes_to_one_colleague_and_comes_back(cast: Cast) -> None:
    tickets = _held(cast, cast.olga, 3)
    done = _held(cast, cast.olga)[0]
    solve(done, by=SYSTEM, at=cast.at)
    by = cast.actor(cast.olga)
    target = Target(way=Way.MEMBER, member=cast.ivan)
    seen = preview(cast.olga, target, by=by, at=cast.at)
    assert (seen.plan.total, seen.refused) == (3, ())
    assert _holders(tickets) == [cast.olga.pk] * 3
    row = hand_on(cast.olga, target, by=by, at=cast.at)
    assert _holders(tickets) == [cast.ivan.pk] * 3
    assert _holders([done]) == [cast.olga.pk]
    entry = journal.entries_of("member", cast.olga.pk)[-1]
    assert (entry.kind, entry.data["total"]) == ("succession.handed_on", 3)
    # What Ivan has answered for meanwhile by giving it on stays where it is.
    assign(tickets[0], assignee=None, team=cast.shop_team, by=SYSTEM, at=cast.at)
    take_back(row, by=by, at=cast.at)
    assert _holders(tickets) == [None, cast.olga.pk, cast.olga.pk]
    with pytest.raises(NothingToUndo):
        take_back(row, by=by, at=cast.at)


def test_what_the_successor_could_not_see_stays_and_is_named_before_and_after(cast: Cast) -> None:
    lead = hired("Lena Lead", "team_lead", cast.shop_team, at=cast.at)
    tickets = _held(cast, cast.olga, 2)
    target = Target(way=Way.MEMBER, member=cast.lev)
    by = cast.actor(lead)
    seen = preview(cast.olga, target, by=by, at=cast.at)
    assert [number for number, _words in seen.refused] == [each.pk for each in tickets]
    assert "Lev Lvov does not serve this brand" in seen.refused[0][1]
    row = hand_on(cast.olga, target, by=by, at=cast.at)
    assert _holders(tickets) == [cast.olga.pk] * 2
    assert "Lev Lvov" in row.batches.get().items.order_by("pk")[0].refusal


def test_only_a_lead_hands_on_the_work_of_others_and_nothing_goes_to_who_is_away(
    cast: Cast,
) -> None:
    _held(cast, cast.olga)
    target = Target(way=Way.MEMBER, member=cast.ivan)
    with pytest.raises(NotYourWork):
        hand_on(cast.olga, target, by=cast.actor(cast.ivan), at=cast.at)
    own = Target(way=Way.MEMBER, member=cast.olga)
    with pytest.raises(ToThemselves):
        hand_on(cast.olga, own, by=cast.actor(cast.olga), at=cast.at)
    with pytest.raises(NothingOpen):
        hand_on(cast.ivan, Target(way=Way.BACK), by=cast.actor(cast.ivan), at=cast.at)
    _leaves(cast, cast.ivan)
    with pytest.raises(SuccessorAway):
        hand_on(cast.olga, target, by=cast.actor(cast.olga), at=cast.at)


def test_by_skills_each_ticket_goes_to_who_can_do_it_evenly(cast: Cast) -> None:
    anton = hired("Anton Antonov", "operator", cast.shop_team, at=cast.at)
    skill = name_skill(None, name="Returns", members=[cast.ivan], by=SYSTEM, at=cast.at)
    arrange_needs(skill, [RETURNS], by=SYSTEM, at=cast.at)
    returns = _held(cast, cast.olga, 2, subject="A return")
    others = _held(cast, cast.olga, 4)
    row = hand_on(cast.olga, Target(way=Way.SKILLS), by=cast.actor(cast.olga), at=cast.at)
    assert _holders(returns) == [cast.ivan.pk] * 2
    assert sorted(map(str, _holders([*returns, *others]))) == sorted(
        map(str, [cast.ivan.pk] * 3 + [anton.pk] * 3)
    )
    assert row.batches.count() == 2
    take_back(row, by=cast.actor(cast.olga), at=cast.at)
    assert set(_holders([*returns, *others])) == {cast.olga.pk}
    _leaves(cast, cast.ivan)
    again = hand_on(cast.olga, Target(way=Way.SKILLS), by=cast.actor(cast.olga), at=cast.at)
    assert sorted(again.left) == [each.pk for each in returns]
    assert _holders(others) == [anton.pk] * 4


def _leaves(
    cast: Cast, member: Member, deputy: Member | None = None, work: WorkGoes = WorkGoes.STAYS
) -> Absence:
    leave = Leave(
        kind=AbsenceKind.HOLIDAY,
        starts_at=cast.at,
        ends_at=cast.at + timedelta(days=3),
        deputy=deputy,
        work=work,
    )
    return enter_absence(member, leave, by=cast.actor(member), at=cast.at)


def test_an_absence_moves_the_work_by_its_rule_when_it_begins_and_once(cast: Cast) -> None:
    to_deputy, to_team = _held(cast, cast.olga, 2), _held(cast, cast.ivan)
    anton = hired("Anton Antonov", "operator", cast.shop_team, at=cast.at)
    stays = _held(cast, anton)
    _leaves(cast, cast.olga, cast.admin, WorkGoes.TO_DEPUTY)
    _leaves(cast, cast.ivan, work=WorkGoes.TO_TEAM)
    _leaves(cast, anton)
    assert begin_due(at=cast.at - timedelta(minutes=1)) == 0
    assert begin_due(at=cast.at) == 3
    assert _holders(to_deputy) == [cast.admin.pk] * 2
    assert _holders(to_team) == [None]
    assert _holders(stays) == [anton.pk]
    assert begin_due(at=cast.at + timedelta(hours=1)) == 0
    assert Succession.objects.exclude(absence=None).count() == 2


def test_a_lead_hands_on_by_the_screen_and_takes_it_back(cast: Cast) -> None:
    lead = hired("Lena Lead", "team_lead", cast.shop_team, at=cast.at)
    tickets = _held(cast, cast.olga, 2)
    browser = Client()
    browser.force_login(lead.user)
    said = {"member": cast.olga.pk, "way": "member", "to_member": cast.ivan.pk}
    seen = browser.post("/settings/successions/", {**said, "preview": "1"}).content.decode()
    assert "What would go where" in seen
    assert _holders(tickets) == [cast.olga.pk] * 2
    assert browser.post("/settings/successions/", said).status_code == 303
    assert _holders(tickets) == [cast.ivan.pk] * 2
    assert "2 tickets went on" in browser.get("/settings/successions/").content.decode()
    row = Succession.objects.get()
    browser.post(f"/settings/successions/{row.pk}/undo")
    assert _holders(tickets) == [cast.olga.pk] * 2
    nobody = browser.post("/settings/successions/", {**said, "to_member": ""})
    assert nobody.status_code == 422
    assert "Say to whom it goes" in nobody.content.decode()


def test_an_absence_put_off_after_it_began_moves_the_work_when_it_begins_again(cast: Cast) -> None:
    absence = _leaves(cast, cast.olga, work=WorkGoes.TO_TEAM)
    begin_due(at=cast.at)
    tickets = _held(cast, cast.olga)
    later = Leave(
        kind=AbsenceKind.HOLIDAY,
        starts_at=cast.at + timedelta(days=1),
        ends_at=cast.at + timedelta(days=3),
        work=WorkGoes.TO_TEAM,
    )
    absence.refresh_from_db()
    enter_absence(cast.olga, later, absence=absence, by=cast.actor(cast.olga), at=cast.at)
    assert begin_due(at=cast.at + timedelta(hours=1)) == 0
    assert begin_due(at=cast.at + timedelta(days=1)) == 1
    assert _holders(tickets) == [None]


def test_an_absence_of_a_closed_account_holds_up_nobody(cast: Cast) -> None:
    _leaves(cast, cast.olga, cast.admin, WorkGoes.TO_DEPUTY)
    dismiss(cast.olga, by=SYSTEM, at=cast.at)
    theirs = _held(cast, cast.ivan)
    _leaves(cast, cast.ivan, work=WorkGoes.TO_TEAM)
    assert begin_due(at=cast.at) == 1
    assert _holders(theirs) == [None]


def test_another_deputy_while_an_absence_lasts_gets_the_work(cast: Cast) -> None:
    tickets = _held(cast, cast.olga)
    absence = _leaves(cast, cast.olga)
    begin_due(at=cast.at)
    assert _holders(tickets) == [cast.olga.pk]
    changed = Leave(
        kind=AbsenceKind.HOLIDAY,
        starts_at=absence.starts_at,
        ends_at=absence.ends_at,
        deputy=cast.ivan,
        work=WorkGoes.TO_DEPUTY,
    )
    enter_absence(cast.olga, changed, absence=absence, by=cast.actor(cast.olga), at=cast.at)
    begin_due(at=cast.at + timedelta(minutes=1))
    assert _holders(tickets) == [cast.ivan.pk]
