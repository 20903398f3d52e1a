"""Companies know who looks after them, with post, qualification and whom somebody came after."""

from datetime import timedelta

import pytest

from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.parties.companies.appointing import EndsBeforeItBegins
from ambidesk.parties.staff.hiring import dismiss
from ambidesk.parties.staff.presenting import NotAPhoto, present
from ambidesk.parties.stewards.entrusting import AlreadyEntrusted, NotAtWork, entrust, release
from ambidesk.parties.stewards.models import Duty
from ambidesk.parties.stewards.serving import teams_of
from tests.cast import Cast
from tests.clients import make_clients

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)


def test_a_new_manager_takes_the_place_of_the_old_one_and_is_named_so(cast: Cast) -> None:
    made = make_clients(cast)
    day = cast.at.date()
    present(cast.olga, post="Lead", qualification="Group V", photo=None, by=SYSTEM, at=cast.at)
    told = {"duty": Duty.MANAGER, "by": SYSTEM, "at": cast.at}
    entrust(made.chain, cast.ivan, since=day - WEEK, **told)
    entrust(made.chain, cast.olga, since=day, **told)
    entrust(made.chain, cast.lev, since=day, duty=Duty.ENGINEER, by=SYSTEM, at=cast.at)

    before = teams_of([made.chain.pk], on=day - WEEK, by=SYSTEM)
    manager, engineer = teams_of([made.chain.pk], on=day, by=SYSTEM)

    assert [each.name for each in before] == ["Ivan Ilyin"]
    assert (manager.name, manager.instead_of) == ("Olga Orlova", "Ivan Ilyin")
    assert (manager.post, manager.qualification) == ("Lead", "Group V")
    assert (engineer.name, engineer.instead_of) == ("Lev Lvov", "")
    (later,) = teams_of([made.chain.pk], on=day + 60 * WEEK, by=SYSTEM)[:1]
    assert later.instead_of == ""


def test_clients_read_their_own_team_and_nobody_elses(cast: Cast) -> None:
    made = make_clients(cast)
    day, both = cast.at.date(), [made.chain.pk, made.house.pk]
    for company in (made.chain, made.house):
        entrust(company, cast.olga, duty=Duty.MANAGER, since=day, by=SYSTEM, at=cast.at)

    read = teams_of(both, on=day, by=made.actor(made.seller))

    assert [each.company_id for each in read] == [made.chain.pk]


def test_nobody_has_a_duty_twice_and_who_left_has_none(cast: Cast) -> None:
    made = make_clients(cast)
    day = cast.at.date()
    told = {"since": day, "by": SYSTEM, "at": cast.at}
    row = entrust(made.chain, cast.olga, duty=Duty.MANAGER, **told)

    with pytest.raises(AlreadyEntrusted):
        entrust(made.chain, cast.ivan, duty=Duty.MANAGER, **told)
    with pytest.raises(EndsBeforeItBegins):
        release(row, until=day, by=SYSTEM, at=cast.at)
    dismiss(cast.olga, by=SYSTEM, at=cast.at)
    cast.olga.refresh_from_db()
    with pytest.raises(NotAtWork):
        entrust(made.chain, cast.olga, duty=Duty.EXPERT, **told)
    assert teams_of([made.chain.pk], on=day, by=SYSTEM) == ()


@pytest.mark.parametrize("content", [b"<svg onload=alert(1)>", b"%PDF-1.7", b"\x89PNG\r\n\x1a\n"])
def test_only_a_picture_is_a_photo(content: bytes, cast: Cast) -> None:
    with pytest.raises(NotAPhoto):
        present(cast.olga, post="", qualification="", photo=content, by=SYSTEM, at=cast.at)
