"""Contractors compared: every figure equals the rows that it opens."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse

from ambidesk.support.handovers.answering import Result, accept, finish, refuse
from ambidesk.support.handovers.judging import send_back, take, withdraw
from ambidesk.support.handovers.models import Handover
from ambidesk.support.handovers.offering import Task, offer
from ambidesk.support.handovers.speaking import Words
from tests.called_in import HOUR, CalledIn, call_in
from tests.cast import hired, make_cast
from tests.edge.web.workspace.conftest import at_most

pytestmark = pytest.mark.django_db
SPENT = Result(minutes=60, materials=Decimal(500))


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Two contractors of whom one has done a lot."""

    called: CalledIn

    def offered(self, what: str) -> Handover:
        """Something handed over to the cold ones."""
        cast = self.called.cast
        olga = cast.actor(cast.olga)
        return offer(cast.ticket(), Task(what=what), to=self.called.cold, by=olga, at=cast.at)

    def done(self, what: str, *, after: timedelta) -> Handover:
        """Something that they called done, after so long."""
        row, fitter = self.offered(what), self.called.actor(self.called.fitter)
        accept(row, by=fitter, at=self.called.cast.at + HOUR)
        return finish(row, SPENT, by=fitter, at=self.called.cast.at + after)


@pytest.fixture
def desk(db: None) -> Desk:
    """One in time, one late and reworked, one refused, one taken back, one under way."""
    cast = make_cast(datetime.now(UTC) - timedelta(days=2))
    made = Desk(called=call_in(cast))
    olga, fitter = cast.actor(cast.olga), made.called.actor(made.called.fitter)
    take(made.done("In time", after=2 * HOUR), by=olga, at=cast.at + 5 * HOUR)
    late = made.done("Too late", after=6 * HOUR)
    send_back(late, Words(text="It leaks"), by=olga, at=cast.at + 6 * HOUR)
    finish(late, SPENT, by=fitter, at=cast.at + 7 * HOUR)
    take(late, by=olga, at=cast.at + 8 * HOUR)
    refuse(made.offered("Not ours"), "No hands", by=fitter, at=cast.at + HOUR)
    withdraw(made.offered("Mistake"), by=olga, at=cast.at + HOUR)
    made.offered("Under way")
    return made


@pytest.fixture
def lead(desk: Desk) -> Client:
    """Who leads the shop."""
    client = Client(headers={"accept-language": "en"})
    cast = desk.called.cast
    client.force_login(hired("Lena Lead", "team_lead", cast.shop_team, at=cast.at).user)
    return client


def shown(page: str) -> str:
    """The words of a page."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def test_contractors_are_compared_and_the_score_follows_the_definition(
    desk: Desk, lead: Client
) -> None:
    with at_most(22):
        page = lead.get(f"{reverse('figures-contractors')}?days=7").content.decode()
    words = shown(page)
    # Half of two in time and half at once, two of three kept; each with one more of both.
    score = round(50 * 2 / 4 + 30 * 2 / 4 + 20 * 3 / 5)
    assert f"Cold canarycold {score} few yet" in words
    assert "50 % 1 of 2" in words
    assert "33 % 1 of 3" in words
    assert "4,000 ₽" in words
    assert "Lift canarylift –" in words
    assert "no contractor" not in words


@pytest.mark.parametrize(
    "figure, tasks",
    [
        ("done", {"In time", "Too late"}),
        ("on_time", {"In time"}),
        ("late", {"Too late"}),
        ("reworked", {"Too late"}),
        ("declined", {"Not ours"}),
        ("paid", {"In time", "Too late"}),
        ("open", {"Under way"}),
        ("overdue", {"Under way"}),
    ],
)
def test_each_figure_opens_its_rows(desk: Desk, lead: Client, figure: str, tasks: set[str]) -> None:
    key = desk.called.cold.pk
    page = lead.get(
        f"{reverse('figures-contractors')}/{key}?days=7&figure={figure}"
    ).content.decode()
    all_of_them = {"In time", "Too late", "Not ours", "Mistake", "Under way"}
    assert {each for each in all_of_them if f">{each}</a>" in page} == tasks


def test_what_ended_before_the_period_does_not_count(desk: Desk, lead: Client) -> None:
    today = datetime.now(UTC).date()
    page = lead.get(f"{reverse('figures-contractors')}?from={today}&to={today}").content.decode()
    assert "Cold canarycold –" in shown(page)
    nobody = f"{reverse('figures-contractors')}/{desk.called.cold.pk + 999}"
    assert lead.get(nobody).status_code == 404
