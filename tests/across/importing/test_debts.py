"""Debts from a file of the books: each bad row is named, the same file again changes nothing."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ambidesk.across.importing.clients import exporting
from ambidesk.across.importing.clients.receivables import currency, money
from ambidesk.across.importing.clients.refusals import NotAnAmount
from ambidesk.across.importing.clients.sheets import Sheet
from ambidesk.across.importing.clients.taking_in import Report, take_in
from ambidesk.ground.kernel.journal.reading import newest_sequence
from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.parties.companies.incorporating import Requisites, enter_entity
from ambidesk.parties.companies.models import Company
from ambidesk.service.contracts.models import Receivable, Stop
from tests.across.importing.test_clients import table, wrong
from tests.cast import Cast
from tests.service.contracts import agreements

pytestmark = pytest.mark.django_db
HEADINGS = ("company", "inn", "contract", "document", "due", "amount", "open", "currency")
INN = "7707083893"


@pytest.fixture
def chain(cast: Cast) -> Company:
    """A chain whose contract is stopped for debts over 50,000."""
    made = agreements.company()
    entity = Requisites(name="North Star LLC", country="RU", inn=INN, kpp="773601001")
    enter_entity(made, entity, known=None, by=SYSTEM, at=cast.at)
    agreements.in_force(made, cast.at, stop_amount=Decimal(50_000))
    return made


def taken(cast: Cast, *rows: tuple[str, ...], dry_run: bool = False, whole: bool = True) -> Report:
    file = table(HEADINGS, *rows)
    return take_in(file, Sheet.RECEIVABLES, dry_run=dry_run, is_whole=whole, by=SYSTEM, at=cast.at)


def row(
    document: str = "A-1", amount: str = "60000", left: str = "", **said: str
) -> tuple[str, ...]:
    known = {"company": "North Star", "inn": "", "contract": "12/26", "due": "2026-01-20"} | said
    return (
        known["company"],
        known["inn"],
        known["contract"],
        document,
        known["due"],
        amount,
        left,
        known.get("currency", ""),
    )


def test_every_bad_row_is_named_and_the_good_ones_come_in(chain: Company, cast: Cast) -> None:
    other = agreements.company("South Star")
    report = taken(
        cast,
        row("A-1"),
        row("A-1"),
        row("A-2", company="Nobody"),
        row("A-3", company="", inn=""),
        row("A-4", company="", inn="1"),
        row("A-5", company=other.name, inn=INN, contract=""),
        row("A-6", contract="99/26"),
        row("A-7", due="tomorrow"),
        row("A-8", amount="-5"),
        row("A-9", amount="10", left="11"),
        row("A-10", currency="roubles"),
        row("", due=""),
        row("A-11", company="", inn=INN, contract=""),
    )
    assert wrong(report) == {
        (3, "document", "Twice"),
        (4, "company", "NoSuchCompany"),
        (5, "company", "NobodyNamed"),
        (6, "inn", "NotOneOfInn"),
        (7, "inn", "OtherInn"),
        (8, "contract", "NoSuchContract"),
        (9, "due", "NotADay"),
        (10, "amount", "NotAnAmount"),
        (11, "open", "MoreThanOwed"),
        (12, "currency", "NotACurrency"),
        (13, "document", "Missing"),
        (13, "due", "Missing"),
    }
    assert set(Receivable.objects.values_list("document", flat=True)) == {"A-1", "A-11"}
    assert Receivable.objects.get(document="A-11").company == chain


def test_the_same_file_again_changes_nothing(chain: Company, cast: Cast) -> None:
    assert taken(cast, row(), row("A-2", "10.50", "0.50")).new == 2
    before, moment = list(Receivable.objects.values()), newest_sequence()
    again = taken(cast, row(), row("A-2", "10.50", "0.50"))
    assert (again.new, again.changed, again.unchanged, again.turns) == (0, 0, 2, ())
    assert (list(Receivable.objects.values()), newest_sequence()) == (before, moment)


def test_what_a_whole_file_no_longer_names_is_paid_unless_a_row_stays_out(
    chain: Company, cast: Cast
) -> None:
    taken(cast, row(), row("A-2", "5"))
    assert taken(cast, row("A-2", "5"), whole=False).changed == 0
    assert taken(cast, row("A-2", "5"), row("A-3", "x")).changed == 0
    assert Stop.objects.get().lifted_at is None
    report = taken(cast, row("A-2", "5"))
    assert (report.changed, [each.standing is not None for each in report.turns]) == (1, [True])
    assert Receivable.objects.get(document="A-1").open_amount == 0
    assert Stop.objects.get().lifted_at is not None


def test_what_would_follow_is_said_before_and_so_it_comes(chain: Company, cast: Cast) -> None:
    dry = taken(cast, row(), dry_run=True)
    assert [(each.contract.number, each.amount) for each in dry.turns] == [("12/26", 60_000)]
    assert not Receivable.objects.exists()
    assert not Stop.objects.exists()
    done = taken(cast, row())
    assert [each.amount for each in done.turns] == [60_000]
    assert Stop.objects.get().amount == 60_000


def test_what_is_exported_is_imported_without_any_change(chain: Company, cast: Cast) -> None:
    taken(cast, row(), row("=2", "10.50", "0.50"))
    file = exporting.as_csv(Sheet.RECEIVABLES, by=SYSTEM)
    assert b"\n=" not in file
    rows = [tuple(each.split(",")) for each in file.decode("utf-8-sig").splitlines()[1:]]
    assert taken(cast, *rows).unchanged == 2


@given(st.decimals(0, 10**9, places=2))
def test_an_amount_is_read_as_programmes_and_people_write_it(amount: Decimal) -> None:
    english = f"{amount:,.2f}"
    russian = english.replace(",", "\u00a0").replace(".", ",")
    german = english.replace(",", "_").replace(".", ",").replace("_", ".")
    assert money(english) == money(russian) == money(german) == money(str(amount)) == amount


@pytest.mark.parametrize("value", ["", "1.005", "-1", "NaN", "Infinity", "1e99", "ten"])
def test_what_is_no_amount_is_refused(value: str) -> None:
    with pytest.raises(NotAnAmount):
        money(value)


def test_signs_are_currencies() -> None:
    assert [currency(each) for each in ("₽", "руб.", "usd")] == ["RUB", "RUB", "USD"]


def test_many_debts_are_looked_at_once_they_are_all_there(chain: Company, cast: Cast) -> None:
    taken(cast, row(amount="45000"))
    # More than one transaction takes: those that are new come in before the old one is paid.
    many = [row(f"B-{number}", "20") for number in range(500)]
    report = taken(cast, *many)
    assert (report.new, report.changed, report.turns) == (500, 1, ())
    assert not Stop.objects.exists()
