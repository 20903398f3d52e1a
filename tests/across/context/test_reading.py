"""The card tells what the desk knows, cut by the reader's reach, in a fixed number of questions."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ambidesk.across.context.card import About
from ambidesk.across.context.finding import By, find
from ambidesk.across.context.reading import read_card
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.service.assets.registering import renew_label
from tests.across.context.circle import PHONE, make_circle
from tests.cast import Cast
from tests.clients import HOUSE_WORD

pytestmark = pytest.mark.django_db
MOST_QUESTIONS = 40


def test_the_card_tells_authority_contract_debt_equipment_and_who_looks_after_them(
    cast: Cast,
) -> None:
    circle = make_circle(cast)

    with CaptureQueriesContext(
        connection,
    ) as asked:
        card = read_card(circle.about, by=cast.actor(cast.olga), at=cast.at)

    assert len(asked) <= MOST_QUESTIONS
    assert card.person
    assert card.company
    assert card.company.name == circle.clients.chain.name
    (contract,) = card.contracts
    assert (contract.days_left, contract.packages[0].used_percent) == (20, 90)
    assert [(each.overdue, each.currency) for each in card.debts] == [(35_000, "RUB")]
    assert [each.name for each in card.team] == ["Olga Orlova"]
    freezer = card.assets[0]
    assert (freezer.serial, freezer.failures, len(freezer.repairs)) == ("SN-0042", 3, 3)
    assert card.sites[0].is_here
    assert card.authorities
    assert card.covered_sites == 1
    assert [each.is_good for each in card.scores] == [False]
    assert card.requests_number == 1


def test_who_sees_no_contracts_no_equipment_and_no_tickets_is_told_none(cast: Cast) -> None:
    circle = make_circle(cast)

    stranger = read_card(circle.about, by=circle.clients.actor(circle.clients.owner), at=cast.at)
    other = read_card(circle.about, by=cast.actor(cast.lev), at=cast.at)

    assert stranger.is_empty
    assert (stranger.contracts, stranger.assets, stranger.requests) == ((), (), ())
    assert other.company
    assert (other.requests, other.scores) == ((), ())


@pytest.mark.parametrize(
    "asked", [PHONE, "8 (812) 345-67-89", "+7 812 345 67 89", "78123456789", "mila@example.org"]
)
def test_a_caller_is_found_by_a_number_in_any_writing_and_by_an_address(
    asked: str, cast: Cast
) -> None:
    circle = make_circle(cast)
    mail = circle.clients.manager.person.identities.get(kind="email").value

    hits = find(mail if "@" in asked else asked, by=cast.actor(cast.olga))

    assert [hit.about.person for hit in hits] == [circle.clients.manager.person_id]


def test_things_are_found_by_serial_label_name_and_code_with_the_reason(cast: Cast) -> None:
    circle = make_circle(cast)
    by = cast.actor(cast.olga)
    token = circle.freezer.token

    assert [(hit.kind, str(hit.why)) for hit in find("sn-0042", by=by)] == [
        ("asset", "serial number")
    ]
    for label in (token, f"https://desk.example/a/{token}"):
        assert [(hit.kind, str(hit.why)) for hit in find(label, by=by)] == [("asset", "label")]
    kinds = [hit.kind for hit in find("mila", by=by)]
    assert kinds == ["person"]
    assert {hit.kind for hit in find("shop north", by=by)} == {"site"}
    assert find("mila", by=by, only=By.SERIAL) == ()
    renew_label(circle.freezer, by=SYSTEM, at=cast.at)
    assert find(token, by=by) == ()


def test_nobody_finds_or_reads_what_another_company_has(cast: Cast) -> None:
    circle = make_circle(cast)
    seller = circle.clients.actor(circle.clients.director)

    assert find(HOUSE_WORD, by=seller) == ()
    assert read_card(About(company=circle.clients.house.pk), by=seller, at=cast.at).is_empty
