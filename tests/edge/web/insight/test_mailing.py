"""Reports by mail: set up on a page, cut by the reader's reach, once a turn, ended by one click."""

import csv
import io
import re
from datetime import UTC, datetime, time, timedelta
from email.message import EmailMessage
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings as django_settings
from django.test import Client, override_settings
from openpyxl import load_workbook

from ambidesk.across.insight.mailing import Terms, mail_report
from ambidesk.across.insight.models import Attached, ReportMail, ReportMailing, SavedReport
from ambidesk.across.insight.posting import ReportWords, Words, post_reports, turn_due
from ambidesk.across.insight.rules.rhythm import Every, Rhythm
from ambidesk.across.insight.saving import drop_report, save_report
from ambidesk.edge.web.insight.letter import write_report
from ambidesk.ground.reach.actor import SYSTEM, Actor
from ambidesk.ground.reach.granting import grant
from ambidesk.ground.reach.models import Role
from ambidesk.parties.staff.hiring import dismiss
from ambidesk.parties.staff.models import Member
from tests.cast import Cast, hired, make_cast
from tests.clients import CHAIN_WORD, Clients, make_clients
from tests.edge.web.insight.test_reports import seated, text_of, worked
from tests.support.channels.mail.relays import Relay

pytestmark = pytest.mark.django_db
MOSCOW = ZoneInfo("Europe/Moscow")
DAY = timedelta(days=1)
DAILY = Rhythm(every=Every.DAY, day=1, clock=time(9), zone=MOSCOW)


@pytest.fixture
def clients(db: None) -> Clients:
    """Two companies that were served yesterday."""
    return make_clients(make_cast(datetime.now(UTC) - DAY))


@pytest.fixture
def desk(clients: Clients) -> Cast:
    return clients.cast


@pytest.fixture
def mate(desk: Cast) -> Member:
    return hired("Mark Mate", "team_lead", desk.shop_team, at=desk.at)


def saved(desk: Cast, leader: Member, asked: str = "by=company&days=28") -> SavedReport:
    by = desk.actor(leader)
    return save_report("How it goes", asked, team=desk.shop_team, by=by, at=desk.at)


def mailed(desk: Cast, report: SavedReport, *readers: Member, **terms: object) -> None:
    said = Terms(rhythm=DAILY, **terms)  # type: ignore[arg-type]
    by = report.owner.member
    mail_report(report, [each.user for each in readers], terms=said, by=desk.actor(by), at=desk.at)


def weekly(desk: Cast) -> None:
    """The turn that comes is of a week; the next one is far."""
    ReportMailing.objects.update(every=Every.WEEK, day=(desk.at + DAY).isoweekday())


def post(at: datetime, words: Words = write_report) -> int:
    return post_reports(words=words, clock=lambda: at)


def tomorrow(desk: Cast) -> datetime:
    """After the turn of the day that follows upon the work."""
    return desk.at + 2 * DAY


def part(mail: EmailMessage, kind: str) -> str:
    found = mail.get_body((kind,))
    assert found
    return str(found.get_content())


def test_a_mail_tells_the_figures_with_their_links_in_the_language_of_its_reader(
    clients: Clients, desk: Cast, leader: Member, relay: Relay
) -> None:
    worked(clients)
    leader.user.language = "ru"
    leader.user.save()
    mailed(desk, saved(desk, leader), leader)
    weekly(desk)
    post(tomorrow(desk))
    (taken,) = relay.taken
    text, html = part(taken.mail, "plain"), part(taken.mail, "html")
    assert taken.recipient == leader.user.email
    assert "How it goes" in taken.mail["Subject"]
    assert taken.mail["Auto-Submitted"] == "auto-generated"
    for said in (text, html):
        assert CHAIN_WORD in said
        assert f"{django_settings.BASE_URL}/insight/tickets?" in said
        assert f"{django_settings.BASE_URL}/insight/report?" in said
        assert "Secret lift" not in said
        assert "777" not in said
    # The figure's own link opens what was counted.
    link = re.search(r"(/insight/tickets\?\S*figure=opened\S*)", text)
    assert link
    assert "Shop freezer" in text_of(seated(leader).get(link[1]))


@pytest.mark.parametrize("attached", [Attached.CSV, Attached.XLSX])
def test_a_file_goes_along_where_it_is_asked_for(
    clients: Clients, desk: Cast, leader: Member, relay: Relay, attached: Attached
) -> None:
    worked(clients)
    mailed(desk, saved(desk, leader), leader, attached=attached)
    weekly(desk)
    post(tomorrow(desk))
    (file,) = relay.taken[0].mail.iter_attachments()
    content = file.get_content()
    assert str(file.get_filename()).endswith(f".{attached.value}")
    if attached is Attached.CSV:
        rows = list(csv.reader(io.StringIO(str(content).removeprefix("\ufeff"))))
        cells = [cell for row in rows for cell in row]
    else:
        book = load_workbook(io.BytesIO(content))
        cells = [str(cell.value) for page in book for row in page.iter_rows() for cell in row]
    assert any(CHAIN_WORD in cell for cell in cells)
    assert not any("777777" in cell for cell in cells)


def test_each_reader_gets_what_they_see_at_the_moment_of_sending(
    clients: Clients, desk: Cast, leader: Member, mate: Member, relay: Relay
) -> None:
    worked(clients)
    report = saved(desk, leader, "by=brand")
    mailed(desk, report, leader, mate)
    weekly(desk)
    turn_due(domain="polka.example", at=tomorrow(desk))
    # The mails wait; one of the two sees everything from now on.
    grant(mate.user, [Role.objects.get(key="administrator")], by=SYSTEM, at=desk.at)
    post(tomorrow(desk))
    said = {each.recipient: part(each.mail, "plain") for each in relay.taken}
    assert "Liftcare" not in said[leader.user.email]
    assert "Liftcare" in said[mate.user.email]


def test_who_was_closed_or_lost_the_right_gets_nothing_any_more(
    desk: Cast, leader: Member, mate: Member, relay: Relay
) -> None:
    third = hired("Tina Third", "team_lead", desk.shop_team, at=desk.at)
    mailed(desk, saved(desk, leader), leader, mate, third)
    turn_due(domain="polka.example", at=tomorrow(desk))
    # Their mails wait already.
    dismiss(mate, by=SYSTEM, at=desk.at)
    grant(third.user, [Role.objects.get(key="operator")], by=SYSTEM, at=desk.at)
    post(tomorrow(desk))
    assert [each.recipient for each in relay.taken] == [leader.user.email]
    post(tomorrow(desk) + DAY)
    assert {each.recipient for each in relay.taken} == {leader.user.email}
    assert [each.user for each in ReportMailing.objects.all()] == [leader.user]


def test_a_turn_is_mailed_once_whatever_dies(desk: Cast, leader: Member, relay: Relay) -> None:
    mailed(desk, saved(desk, leader), leader)
    weekly(desk)
    at = tomorrow(desk)
    # One that took the mail and said nothing: it is asked again, and known by its name.
    relay.manners.forgets_to_say = True
    post(at)
    relay.manners.forgets_to_say = False
    post(at + timedelta(hours=1))
    names = {each.mail["Message-ID"] for each in relay.taken}
    assert names == {f"<{ReportMail.objects.get().external_id}>"}
    number = len(relay.taken)
    for minutes in range(0, 300, 30):
        post(at + timedelta(hours=2, minutes=minutes))
    assert len(relay.taken) == number


def test_turns_that_were_missed_are_one_mail(desk: Cast, leader: Member, relay: Relay) -> None:
    mailed(desk, saved(desk, leader), leader)
    post(tomorrow(desk) + 5 * DAY)
    row = ReportMail.objects.get()
    assert len(relay.taken) == 1
    today = (tomorrow(desk) + 5 * DAY).astimezone(MOSCOW).date()
    assert today - row.until <= DAY


def test_one_report_that_cannot_be_written_holds_up_no_other(
    desk: Cast, leader: Member, mate: Member, relay: Relay
) -> None:
    report = saved(desk, leader)
    mailed(desk, report, leader, mate)
    weekly(desk)

    def wordless(row: ReportMail, reader: Actor, **said: Any) -> ReportWords | None:
        if row.mailing.user_id == leader.user_id:
            raise ArithmeticError
        return write_report(row, reader, **said)

    at = tomorrow(desk)
    for hours in range(60):
        post(at + timedelta(hours=hours), wordless)
    assert {each.mail["To"].addresses[0].addr_spec for each in relay.taken} == {mate.user.email}
    assert ReportMail.objects.get(mailing__user=leader.user).given_up_at


@override_settings(TIME_ZONE="Europe/Moscow")
def test_a_month_is_that_of_the_reader_and_over_where_the_desk_is(
    desk: Cast, leader: Member
) -> None:
    vladivostok = ZoneInfo("Asia/Vladivostok")
    monthly = Rhythm(every=Every.MONTH, day=1, clock=time(6), zone=vladivostok)
    by = desk.actor(leader)
    mail_report(saved(desk, leader), [leader.user], terms=Terms(rhythm=monthly), by=by, at=desk.at)
    turn = ReportMailing.objects.get().next_at
    turn_due(domain="desk.example", at=turn)
    row, day = ReportMail.objects.get(), turn.astimezone(vladivostok).date()
    assert (row.until, row.first) == (day, (day - DAY).replace(day=1))
    assert row.due_at == datetime.combine(day, time(), tzinfo=MOSCOW)


def test_after_its_last_day_nothing_goes(desk: Cast, leader: Member, relay: Relay) -> None:
    last = (desk.at + 2 * DAY).astimezone(MOSCOW).date()
    mailed(desk, saved(desk, leader), leader, ends_on=last)
    post(desk.at + 2 * DAY)
    assert len(relay.taken) == 1
    for days in (3, 4, 5):
        post(desk.at + days * DAY)
    assert len(relay.taken) <= 2
    assert not ReportMailing.objects.exists()


def test_one_click_ends_it_and_looking_at_the_link_does_not(
    desk: Cast, leader: Member, relay: Relay, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(django_settings, "BASE_URL", "https://desk.example")
    mailed(desk, saved(desk, leader), leader)
    post(tomorrow(desk))
    mail = relay.taken[0].mail
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = str(mail["List-Unsubscribe"]).strip("<>").removeprefix("https://desk.example")
    nobody = Client(enforce_csrf_checks=True)
    assert "How it goes" in text_of(nobody.get(link))
    assert ReportMailing.objects.exists()
    assert nobody.post(link, {"List-Unsubscribe": "One-Click"}).status_code == 204
    assert not ReportMailing.objects.exists()
    # Pressed twice it is ended all the same; a link that nobody wrote opens nothing.
    assert nobody.post(link).status_code == 200
    assert "How it goes" not in text_of(nobody.get(link))
    assert nobody.get(f"{link}x").status_code == 404
    post(tomorrow(desk) + DAY)
    assert len(relay.taken) == 1


def form(**changes: object) -> dict[str, object]:
    return {
        "every": "week",
        "weekday": 3,
        "monthday": 1,
        "clock": "08:30",
        "zone": "Asia/Vladivostok",
        "attached": "xlsx",
        "ends_on": "",
        **changes,
    }


def test_it_is_set_up_on_a_page_and_ended_there(desk: Cast, leader: Member, mate: Member) -> None:
    report = saved(desk, leader)
    lead, url = seated(leader), f"/insight/reports/{report.pk}/mails"
    assert url in text_of(lead.get("/insight/report"))
    assert lead.post(url, form()).status_code == 303
    row = ReportMailing.objects.get()
    local = row.next_at.astimezone(ZoneInfo("Asia/Vladivostok"))
    assert (local.isoweekday(), local.time()) == (3, time(8, 30))
    assert "Wednesday, 08:30" in text_of(lead.get(url))
    # Twice is refused beside the field; what makes no sense as well.
    assert lead.post(url, form()).status_code == 422
    wrong = ({"zone": "Mars/Base"}, {"every": "hour"}, {"clock": "25:00"}, {"monthday": 40})
    for each in (*wrong, {"weekday": 9}, {"ends_on": "2020-01-01"}, {"readers": 999_999}):
        assert seated(mate).post(url, form(**each)).status_code == 422, each
    assert lead.post(f"{url}/{row.pk}/removal").status_code == 303
    assert not ReportMailing.objects.exists()


def test_colleagues_get_it_by_a_right_and_only_what_they_see(
    desk: Cast, leader: Member, mate: Member
) -> None:
    report = saved(desk, leader)
    url = f"/insight/reports/{report.pk}/mails"
    assert seated(leader).post(url, form(readers=[mate.user_id])).status_code == 303
    assert ReportMailing.objects.get().user == mate.user
    # An operator of the team cannot see reports: there would be nothing to tell them.
    answer = seated(leader).post(url, form(readers=[desk.olga.user_id]))
    assert answer.status_code == 422
    stranger = hired("Lara Lift", "team_lead", desk.lift_team, at=desk.at)
    assert seated(stranger).get(url).status_code == 404
    # A role without the right sets up its own mails only.
    role = Role.objects.get(key="team_lead")
    role.rights = [right for right in role.rights if right != "insight.mail"]
    role.save()
    third = hired("Tina Third", "team_lead", desk.shop_team, at=desk.at)
    assert "Mark Mate" not in text_of(seated(third).get(url))
    seated(third).post(url, form(readers=[desk.admin.user_id]))
    assert {row.user for row in ReportMailing.objects.all()} == {mate.user, third.user}
    # And ends neither others' mails nor learns of them.
    theirs = ReportMailing.objects.get(user=mate.user)
    assert seated(third).post(f"{url}/{theirs.pk}/removal").status_code == 404


def test_a_dropped_report_is_mailed_no_more(desk: Cast, leader: Member, relay: Relay) -> None:
    report = saved(desk, leader)
    mailed(desk, report, leader)
    turn_due(domain="polka.example", at=tomorrow(desk))
    drop_report(report, by=desk.actor(leader), at=desk.at)
    post(tomorrow(desk))
    assert relay.taken == []


def seeing_companies(*, may: bool) -> None:
    """Let team leads see companies, or not."""
    role = Role.objects.get(key="team_lead")
    rest = [right for right in role.rights if right != "companies.see"]
    role.rights = [*rest, "companies.see"] if may else rest
    role.save()


def test_a_report_about_what_is_out_of_sight_is_not_told_and_the_list_says_so(
    clients: Clients, desk: Cast, leader: Member, relay: Relay
) -> None:
    report = saved(desk, leader, f"company={clients.chain.pk}")
    mailed(desk, report, leader)
    page = f"/insight/reports/{report.pk}/mails"
    seeing_companies(may=False)
    for days in (0, 1):
        post(tomorrow(desk) + days * DAY)
        assert "Nothing is sent since" in text_of(seated(leader).get(page))
    assert relay.taken == []
    assert not ReportMail.objects.exists()
    # Each turn looks anew: once there is something to tell, the mails go on.
    seeing_companies(may=True)
    assert "Nothing is sent since" in text_of(seated(leader).get(page))
    post(tomorrow(desk) + 2 * DAY)
    assert [each.recipient for each in relay.taken] == [leader.user.email]
    assert "Nothing is sent since" not in text_of(seated(leader).get(page))
