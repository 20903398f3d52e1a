"""Problems: each in words with its next step, for those whose brand it is."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from ambidesk.ground.kernel import holding, problems
from ambidesk.ground.kernel.models import Problem
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.parties.authority.inviting import invite_by_mail
from ambidesk.parties.authority.models import Letter
from ambidesk.parties.authority.writing import LETTERS
from ambidesk.support.conversations.models import IntakeItem, IntakeState
from ambidesk.support.conversations.quarantine import set_aside
from ambidesk.support.conversations.taking import Arrival, take_many
from tests.cast import Cast, hired
from tests.clients import make_clients
from tests.edge.web.conftest import Enter

PROBLEMS = "/settings/problems/"
RAW = b"From: anna@example.org\r\n\r\nHello\r\n"


@pytest.fixture
def item(cast: Cast) -> IntakeItem:
    """A mail to the shop that stands in quarantine."""
    return quarantined(cast, "fault")


def quarantined(cast: Cast, reason: str, *, key: str = "first") -> IntakeItem:
    """Take a mail in and set it aside."""
    arrival = Arrival(
        channel_id=cast.shop_mail.pk,
        external_key=key,
        raw=RAW,
        envelope={},
        received_at=cast.at,
    )
    number = next(iter(take_many([arrival]).values()))
    IntakeItem.objects.filter(pk=number).update(attempts=1, leased_until=cast.at)
    item = IntakeItem.objects.get(pk=number)
    set_aside([item], reason, at=cast.at)
    return IntakeItem.objects.get(pk=number)


def only() -> Problem:
    """The one open problem."""
    return Problem.objects.get(solved_at=None)


def words(client: Client) -> str:
    """What the screen says."""
    return client.get(PROBLEMS).content.decode()


@pytest.fixture
def lead(cast: Cast, enter: Enter) -> Client:
    """The shop's team lead."""
    return enter(hired("Lena Lead", "team_lead", cast.shop_team, at=cast.at).user)


def test_a_desk_without_problems_says_so(admin: Client) -> None:
    assert "All is well" in words(admin)
    assert admin.get("/settings/problems/count").content == b""


def test_a_quarantined_mail_is_told_with_its_reason_and_original(
    admin: Client, item: IntakeItem
) -> None:
    page = words(admin)
    assert "help@polka.example" in page
    assert "built in a way that the desk cannot read" in page
    original = admin.get(f"{PROBLEMS}{only().pk}/original")
    assert original.content == RAW
    assert original["Content-Disposition"].startswith("attachment")
    assert "sandbox" in original["Content-Security-Policy"]
    assert admin.get("/settings/problems/count").content == b"1"


def test_a_quarantined_mail_is_tried_again(admin: Client, item: IntakeItem) -> None:
    assert admin.post(f"{PROBLEMS}{only().pk}/again").status_code == 303
    assert IntakeItem.objects.get(pk=item.pk).state == IntakeState.WAITING
    assert "All is well" in words(admin)


def test_a_quarantined_mail_is_discarded(admin: Client, item: IntakeItem) -> None:
    admin.post(f"{PROBLEMS}{only().pk}/end")
    assert IntakeItem.objects.get(pk=item.pk).state == IntakeState.DISCARDED
    assert "All is well" in words(admin)


def test_the_second_of_two_who_act_is_told_that_it_is_over(admin: Client, item: IntakeItem) -> None:
    number = only().pk
    admin.post(f"{PROBLEMS}{number}/again")
    assert admin.post(f"{PROBLEMS}{number}/again").status_code == 404


def test_the_lead_of_another_brand_sees_nothing_of_it(
    cast: Cast, enter: Enter, lead: Client, item: IntakeItem
) -> None:
    other = enter(hired("Otto Other", "team_lead", cast.lift_team, at=cast.at).user)
    number = only().pk
    assert "help@polka.example" in words(lead)
    assert "help@polka.example" not in words(other)
    assert other.get(f"{PROBLEMS}{number}/original").status_code == 404
    assert other.post(f"{PROBLEMS}{number}/again").status_code == 404
    assert IntakeItem.objects.get(pk=item.pk).state == IntakeState.QUARANTINED


def test_what_a_loop_held_back_is_let_in_at_once(cast: Cast, admin: Client) -> None:
    for number in range(3):
        quarantined(cast, "loop-budget", key=f"m{number}")
    Problem.objects.all().delete()
    facts = {"channel": "help@polka.example"}
    problems.report("mail-loop", ("channel", cast.shop_mail.pk), at=cast.at, facts=facts)
    assert "answering each other" in words(admin)
    admin.post(f"{PROBLEMS}{only().pk}/again")
    assert IntakeItem.objects.filter(state=IntakeState.WAITING).count() == 3
    assert not Problem.objects.filter(solved_at=None).exists()


def test_a_failing_channel_says_why_and_leads_there(cast: Cast, admin: Client) -> None:
    facts = {"channel": "help@polka.example", "trouble": "wrong_password"}
    problems.report("channel-receiving", ("channel", cast.shop_mail.pk), at=cast.at, facts=facts)
    page = words(admin)
    assert "does not receive" in page
    assert f"/settings/channels/{cast.shop_mail.pk}" in page


def test_an_invitation_that_could_not_be_sent_is_tried_again_or_discarded(
    cast: Cast, admin: Client
) -> None:
    address = invite_by_mail(make_clients(cast).seller, by=SYSTEM, at=cast.at)
    Letter.objects.update(attempts=7)
    LETTERS.put_off(Letter.objects.get(), at=cast.at)
    assert address in words(admin)
    admin.post(f"{PROBLEMS}{only().pk}/again")
    assert address not in words(admin)
    Letter.objects.update(attempts=7)
    LETTERS.put_off(Letter.objects.get(), at=cast.at)
    admin.post(f"{PROBLEMS}{only().pk}/end")
    assert address not in words(admin)
    assert not Letter.objects.exists()


def test_a_problem_of_a_kind_that_nobody_described_is_shown_by_its_name(
    cast: Cast, admin: Client
) -> None:
    problems.report("moon-fell", ("moon", 1), at=cast.at)
    assert "moon-fell" in words(admin)
    admin.post(f"{PROBLEMS}{only().pk}/end")
    assert "moon-fell" not in words(admin)


def test_a_hold_after_a_restore_is_ended_by_an_administrator_only(
    cast: Cast, admin: Client, lead: Client
) -> None:
    holding.hold(at=datetime.now(UTC))
    assert "Send again" in words(admin)
    assert "Send again" not in words(lead)
    assert lead.post(f"{PROBLEMS}release").status_code == 404
    admin.post(f"{PROBLEMS}release")
    assert holding.held_since() is None
    assert "All is well" in words(admin)


def test_a_session_that_holds_the_journal_back_is_named(cast: Cast, admin: Client) -> None:
    facts = {"pid": 4711, "database": "reports", "application": "psql", "since": None}
    problems.report("journal-held", ("journal", 0), at=cast.at, facts=facts)
    assert "pg_terminate_backend(4711)" in words(admin)
