"""The feed of events: nothing is lost or told twice, nobody hears of what they do not reach."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from ambidesk.ground.kernel import signals
from ambidesk.ground.reach import scopes
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.tickets.noting import note
from ambidesk.wiring import routes as wired
from tests.cast import Cast, make_cast
from tests.conftest import MOMENT
from tests.edge.api.machines import Machine, Said, issued
from tests.ground.kernel.happenings import Writer
from tests.waiting import PATIENCE_SECONDS

assert wired.urlpatterns
NOTED = "tickets.note_written"


@pytest.fixture
def desk(clone: str) -> Cast:
    """A desk whose transactions really commit: in others the horizon never passes."""
    return make_cast(MOMENT)


@pytest.fixture
def writers(desk: Cast) -> Iterator[list[Writer]]:
    made = [Writer() for _ in range(4)]
    yield made
    for each in made:
        each.close()


def shops(desk: Cast, *chosen: str) -> Machine:
    """A key of the shop with these scopes, or all that do not reach every brand."""
    every = [scope.key for scope in scopes.all_scopes() if scope.key != "brands:all"]
    return Machine(token=issued(chosen or every, brands=[desk.shop.pk], at=desk.at).token)


def everybodys(desk: Cast) -> Machine:
    return Machine(token=issued(at=desk.at).token)


def noted(desk: Cast, ticket: Ticket) -> None:
    note(ticket, text="Secret words", by=desk.actor(desk.admin), at=desk.at)


class Reader:
    """A program that keeps what it was given as `next`."""

    def __init__(self, machine: Machine, **asked: str) -> None:
        self.machine = machine
        self.asked = "".join(f"&{name}={value}" for name, value in asked.items())
        self.place = self._asked("").body["next"]
        self.seen: list[str] = []

    def read(self) -> list[dict[str, object]]:
        """Read all that there is."""
        found: list[dict[str, object]] = []
        while True:
            said = self._asked(self.place)
            assert said.status == 200, said.body
            self.place = said.body["next"]
            found += said.body["items"]
            if not said.body["has_more"]:
                self.seen += [str(each["id"]) for each in found]
                return found

    def _asked(self, after: str) -> Said:
        # Telling the screens is a transaction, too: one under way holds back what can be read.
        assert signals.flush(seconds=PATIENCE_SECONDS)
        return self.machine.get(f"events?limit=3&after={after}{self.asked}")


def subjects(found: list[dict[str, object]]) -> list[object]:
    return [each["data"]["subject"]["id"] for each in found]  # type: ignore[index]  # JSON


def test_what_happens_from_now_on_is_told_once_by_ids_only(desk: Cast) -> None:
    desk.ticket()
    reader = Reader(shops(desk))
    assert reader.read() == []
    ticket = desk.ticket("My card number is 4111")
    noted(desk, ticket)
    found = reader.read()
    assert {"tickets.opened", NOTED} <= {each["kind"] for each in found}
    assert "4111" not in str(found)
    assert "Secret" not in str(found)
    assert reader.read() == []
    assert len(set(reader.seen)) == len(reader.seen)


def test_an_older_change_that_commits_later_is_not_passed_over(
    desk: Cast, writers: list[Writer]
) -> None:
    first, second = desk.ticket(), desk.ticket()
    reader = Reader(shops(desk), kinds=NOTED)
    older, younger, *_ = writers
    assert older.begin() < younger.begin()
    younger.do(lambda: noted(desk, second))
    younger.commit()
    assert reader.read() == []
    older.do(lambda: noted(desk, first))
    older.commit()
    assert subjects(reader.read()) == [first.pk, second.pk]


def test_many_who_write_at_once_lose_nothing(desk: Cast, writers: list[Writer]) -> None:
    tickets = [desk.ticket() for _ in writers]
    reader, rounds = Reader(shops(desk), kinds=NOTED), 12

    def busy(which: int) -> None:
        for number in range(rounds):
            writers[which].begin()
            writers[which].do(lambda: noted(desk, tickets[which]))
            if number % 4 == 3:
                writers[which].roll_back()
            else:
                writers[which].commit()

    found: list[dict[str, object]] = []
    with ThreadPoolExecutor() as threads:
        busily = [threads.submit(busy, each) for each in range(len(writers))]
        while not all(each.done() for each in busily):
            found += reader.read()
    assert [each.exception() for each in busily] == [None] * len(writers)
    found += reader.read()
    assert sorted(map(int, map(str, subjects(found)))) == sorted(
        each.pk for each in tickets for _ in range(rounds * 3 // 4)
    )
    assert len(set(reader.seen)) == len(reader.seen)


def test_a_key_hears_of_what_it_reaches_and_may_read(desk: Cast) -> None:
    every, shop = Reader(everybodys(desk)), Reader(shops(desk))
    people = Reader(shops(desk, "people:read"))
    nothing = Reader(shops(desk, "behalf"))
    mine, foreign = desk.ticket(), desk.ticket(channel=desk.lift_mail)
    noted(desk, mine)
    noted(desk, foreign)
    both = set(subjects(every.read()))
    assert {mine.pk, foreign.pk} <= both
    heard = shop.read()
    of_tickets = [each for each in heard if str(each["kind"]).startswith("tickets.")]
    assert set(subjects(of_tickets)) == {mine.pk}
    assert {str(each["kind"]).partition(".")[0] for each in people.read()} <= {"people"}
    assert nothing.read() == []
    kinds = shops(desk, "people:read").get("event-kinds").body["items"]
    assert kinds
    assert all(each.startswith("people.") for each in kinds)


def test_a_cursor_of_another_list_or_of_nobody_is_refused(desk: Cast) -> None:
    shop = shops(desk)
    desk.ticket()
    desk.ticket()
    foreign = shop.get("tickets?limit=1").body["next"]
    for after in (foreign, "made-up"):
        said = shop.get(f"events?after={after}")
        assert (said.status, said.body["code"]) == (422, "no-such-place")
    assert shop.get("events?kinds=tickets.nonsense").status == 422
    assert shop.get("events?begin=earliest&kinds=tickets.opened").body["items"]
