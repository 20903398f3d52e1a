"""Coverage as pure arithmetic: which line decides, and what can never give more."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from ambidesk.ground.kernel.money import Money
from ambidesk.service.contracts.rules.deciding import (
    GIVES,
    Blocked,
    Reason,
    Standing,
    Stop,
    Verdict,
    decide,
)
from ambidesk.service.contracts.rules.lines import (
    Facts,
    Line,
    Outside,
    Shares,
    Version,
    Warranty,
)

TODAY = date(2026, 3, 10)
FREEZER, COOLING = 4, 40
MOSCOW, NORTH = 30, 3
FACTS = Facts(
    on=TODAY,
    asset=1,
    model=2,
    classes=(FREEZER, COOLING),
    site=9,
    territories=(MOSCOW, NORTH),
    service=5,
    channel="mail",
)
NOBODY_DRAWS = Standing()


def _version(*lines: Line, outside: Outside = Outside.CHARGEABLE, **named: object) -> Version:
    return Version(contract=7, version=70, lines=lines, outside=outside, **named)  # type: ignore[arg-type]


def test_without_a_contract_work_is_chargeable() -> None:
    found = decide([], FACTS, standing=NOBODY_DRAWS)
    assert (found.verdict, found.reason) == (Verdict.CHARGEABLE, Reason.NO_CONTRACT)


def test_a_line_without_scope_covers_everything_and_names_its_clause() -> None:
    found = decide([_version(Line(key=1, clause="2.1"))], FACTS, standing=NOBODY_DRAWS)
    assert (found.verdict, found.clause, found.line) == (Verdict.COVERED, "2.1", 1)


def test_the_line_of_the_asset_goes_before_its_model_class_and_place() -> None:
    lines = (
        Line(key=1, clause="all"),
        Line(key=2, clause="region", territory=NORTH),
        Line(key=3, clause="district", territory=MOSCOW),
        Line(key=4, clause="site", site=9),
        Line(key=5, clause="cooling", asset_class=COOLING),
        Line(key=6, clause="freezers", asset_class=FREEZER),
        Line(key=7, clause="model", model=2),
        Line(key=8, clause="asset", asset=1),
    )
    for number in range(len(lines), 0, -1):
        found = decide([_version(*lines[:number])], FACTS, standing=NOBODY_DRAWS)
        assert found.clause == lines[number - 1].clause


def test_work_outside_of_the_contract_is_what_the_contract_says_of_it() -> None:
    lines = Line(key=1, clause="1", asset=99)
    refused = decide([_version(lines, outside=Outside.REFUSED)], FACTS, standing=NOBODY_DRAWS)
    assert (refused.verdict, refused.reason) == (Verdict.REFUSED, Reason.NO_LINE)
    chargeable = decide([_version(lines)], FACTS, standing=NOBODY_DRAWS)
    assert chargeable.verdict is Verdict.CHARGEABLE


def test_shares_make_it_partly_and_a_limit_until_limit() -> None:
    half = Line(key=1, clause="1", shares=Shares(parts=50))
    assert decide([_version(half)], FACTS, standing=NOBODY_DRAWS).verdict is Verdict.PARTLY
    limited = Line(key=1, clause="1", limit=Money(Decimal(20_000), "RUB"))
    found = decide([_version(limited)], FACTS, standing=NOBODY_DRAWS)
    assert (found.verdict, found.limit) == (Verdict.UNTIL_LIMIT, Money(Decimal(20_000), "RUB"))


def test_a_package_covers_until_it_is_used_up() -> None:
    version = _version(Line(key=1, clause="4.2", package=3))
    some = decide([version], FACTS, standing=Standing(available={3: Decimal("2.5")}))
    assert (some.verdict, some.left) == (Verdict.UNTIL_LIMIT, Decimal("2.5"))
    none = decide([version], FACTS, standing=Standing(available={3: Decimal(0)}))
    assert (none.verdict, none.reason, none.clause) == (
        Verdict.CHARGEABLE,
        Reason.USED_UP,
        "4.2",
    )


def test_a_warranty_goes_before_the_contract_until_its_day() -> None:
    version = _version(Line(key=1, clause="1", covers=False), outside=Outside.REFUSED)
    under = replace(FACTS, warranty=Warranty(until=TODAY))
    assert decide([version], under, standing=NOBODY_DRAWS).verdict is Verdict.WARRANTY
    over = replace(FACTS, warranty=Warranty(until=date(2026, 3, 9)))
    assert decide([version], over, standing=NOBODY_DRAWS).verdict is Verdict.REFUSED


def test_a_request_by_a_way_that_was_not_agreed_is_outside_of_the_contract() -> None:
    version = _version(Line(key=1, clause="1"), channels=frozenset({"portal"}))
    assert decide([version], FACTS, standing=NOBODY_DRAWS).reason is Reason.CHANNEL
    by_portal = replace(FACTS, channel="portal")
    assert decide([version], by_portal, standing=NOBODY_DRAWS).verdict is Verdict.COVERED


def test_a_stop_blocks_what_it_names_and_no_more() -> None:
    version = _version(Line(key=1, clause="1"))
    works = Stop(key=8, blocks=frozenset({Blocked.CONTRACT}))
    found = decide([version], FACTS, standing=Standing(stops=[works]))
    assert (found.verdict, found.reason, found.stop) == (Verdict.CHARGEABLE, Reason.STOPPED, 8)
    all_of_it = Stop(key=9, blocks=frozenset(Blocked))
    assert decide([version], FACTS, standing=Standing(stops=[all_of_it])).verdict is Verdict.REFUSED
    other = Stop(key=9, blocks=frozenset(Blocked), contract=8)
    assert decide([version], FACTS, standing=Standing(stops=[other])).verdict is Verdict.COVERED


IDS = st.none() | st.integers(1, 2)
SHARES = st.sampled_from([0, 50, 100])
LINES = st.builds(
    Line,
    key=st.integers(1, 10_000),
    clause=st.sampled_from(["1", "2", "3"]),
    covers=st.booleans(),
    asset=IDS,
    model=IDS,
    asset_class=IDS,
    site=IDS,
    territory=IDS,
    service=IDS,
    shares=st.builds(Shares, parts=SHARES, labour=SHARES, travel=SHARES),
    package=IDS,
    limit=st.none() | st.just(Money(Decimal(5), "RUB")),
)
VERSIONS = st.lists(
    st.builds(
        Version,
        contract=st.integers(1, 3),
        version=st.integers(1, 9),
        lines=st.lists(LINES, max_size=5),
        outside=st.sampled_from(Outside),
        channels=st.sampled_from([frozenset(), frozenset({"mail"}), frozenset({"portal"})]),
    ),
    max_size=3,
    unique_by=lambda version: version.contract,
)
SOME_FACTS = st.builds(
    Facts,
    on=st.just(TODAY),
    asset=IDS,
    model=IDS,
    classes=st.sampled_from([(), (1,), (1, 2), (2, 1)]),
    site=IDS,
    territories=st.sampled_from([(), (1,), (1, 2), (2, 1)]),
    service=IDS,
    channel=st.sampled_from(["", "mail", "portal"]),
    warranty=st.none() | st.just(Warranty(until=date(2027, 1, 1))),
)
STOPS = st.builds(
    Stop,
    key=st.integers(1, 9),
    blocks=st.frozensets(st.sampled_from(Blocked)),
    contract=st.none() | st.integers(1, 3),
)
STANDINGS = st.builds(
    Standing,
    available=st.dictionaries(st.integers(1, 2), st.decimals(0, 9, places=1)),
    stops=st.lists(STOPS, max_size=2),
)


def _numbered(versions: list[Version]) -> list[Version]:
    """Lines as they are stored: no two have one key."""
    keys = iter(range(1, 1_000))
    return [
        replace(each, lines=tuple(replace(line, key=next(keys)) for line in each.lines))
        for each in versions
    ]


@given(VERSIONS, SOME_FACTS, STANDINGS, st.randoms(use_true_random=False))
def test_the_order_of_contracts_lines_and_stops_does_not_matter(
    versions: list[Version], facts: Facts, standing: Standing, chance: object
) -> None:
    versions = _numbered(versions)

    def shuffled(given: object) -> list[object]:
        mixed = list(given)  # type: ignore[call-overload]
        chance.shuffle(mixed)  # type: ignore[attr-defined]
        return mixed

    stops = {each.key: each for each in standing.stops}.values()
    standing = replace(standing, stops=list(stops))
    others = shuffled(replace(each, lines=tuple(shuffled(each.lines))) for each in versions)
    mixed = replace(standing, stops=shuffled(standing.stops))
    assert decide(versions, facts, standing=standing) == decide(others, facts, standing=mixed)  # type: ignore[arg-type]


@given(VERSIONS, SOME_FACTS, STANDINGS, LINES, st.data())
def test_an_exclusion_never_gives_more(
    versions: list[Version], facts: Facts, standing: Standing, line: Line, data: st.DataObject
) -> None:
    versions = _numbered(versions)
    if not versions:
        return
    at = data.draw(st.integers(0, len(versions) - 1))
    exclusion = replace(line, key=5_000, covers=False)
    wider = list(versions)
    wider[at] = replace(versions[at], lines=(*versions[at].lines, exclusion))
    before, after = (
        decide(versions, facts, standing=standing),
        decide(wider, facts, standing=standing),
    )
    assert GIVES[after.verdict] <= GIVES[before.verdict]


@given(VERSIONS, SOME_FACTS, STANDINGS, STOPS)
def test_a_stop_never_gives_more(
    versions: list[Version], facts: Facts, standing: Standing, stop: Stop
) -> None:
    stopped = replace(standing, stops=[*standing.stops, stop])
    before = decide(_numbered(versions), facts, standing=standing)
    after = decide(_numbered(versions), facts, standing=stopped)
    assert GIVES[after.verdict] <= GIVES[before.verdict]


@given(VERSIONS, SOME_FACTS, STANDINGS)
def test_what_is_covered_says_by_which_clause(
    versions: list[Version], facts: Facts, standing: Standing
) -> None:
    found = decide(_numbered(versions), facts, standing=standing)
    if found.verdict in {Verdict.COVERED, Verdict.PARTLY, Verdict.UNTIL_LIMIT}:
        assert found.line is not None
        assert found.clause
        assert not found.shares.is_none
        assert found.left is None or found.left > 0
