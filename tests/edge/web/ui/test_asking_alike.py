"""What the browser shows of a form is what the server asks: both read conditions alike."""

import json
import re
import shutil
import subprocess
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ambidesk.ground.conditions import parsing
from ambidesk.ground.conditions.binding import Asker, bind
from ambidesk.ground.conditions.evaluating import evaluated
from ambidesk.ground.conditions.fields import operators_of
from ambidesk.ground.conditions.operators import Operator, Shape, shape_of
from ambidesk.ground.fields.rules.spec import Kind
from ambidesk.ground.fields.rules.values import Value
from ambidesk.ground.fields.rules.vocabulary import vocabulary_of
from tests.ground.fields.making import spec

ROOT = Path(__file__).resolve().parents[4]
SOURCE = ROOT / "src/ambidesk/edge/web/ui/islands/asking/holds.ts"
AT = datetime(2026, 3, 1, 12, tzinfo=UTC)
SPECS = {each.id: each for each in map(spec, Kind, range(1, 20))}
VOCABULARY = vocabulary_of(SPECS.values())
# Who a person is decides no question of a form.
ASKED = sorted(key for key, each in SPECS.items() if each.kind is not Kind.PERSON)
RUN = """
const ts = require('typescript'), fs = require('fs');
const made = ts.transpileModule(fs.readFileSync(process.argv[1], 'utf8'),
  {compilerOptions: {module: 'CommonJS', target: 'ES2022'}}).outputText;
const module_ = {exports: {}}; new Function('exports', made)(module_.exports);
const cases = JSON.parse(fs.readFileSync(0, 'utf8'));
console.log(JSON.stringify(cases.map(([condition, answers, kinds, now]) =>
  module_.exports.holds(condition, answers, kinds, now) ?? null)));
"""

WORDS = st.sampled_from(["leak", "Leaking", "below", "ПРОТЕЧКА", "протечка"])
NUMBERS = st.integers(-3, 3)
DAYS = st.dates(date(2026, 2, 20), date(2026, 3, 10))


def _answer(kind: Kind, key: int) -> st.SearchStrategy[Any]:
    options = [key * 100 + n for n in (1, 2, 3)]
    by_kind: dict[Kind, st.SearchStrategy[Any]] = {
        Kind.YES: st.booleans(),
        Kind.CHOICE: st.sampled_from([(each,) for each in options]),
        Kind.TREE: st.sampled_from([(each,) for each in options]),
        Kind.SEVERAL: st.sets(st.sampled_from(options), min_size=1).map(lambda s: tuple(sorted(s))),
        Kind.DAY: DAYS,
        Kind.INSTANT: DAYS.map(lambda day: datetime(day.year, day.month, day.day, 12, tzinfo=UTC)),
        Kind.WHOLE: NUMBERS.map(Decimal),
        Kind.DECIMAL: NUMBERS.map(lambda n: Decimal(n) / 2),
        Kind.MONEY: NUMBERS.map(Decimal),
    }
    return st.none() | by_kind.get(kind, WORDS)


@st.composite
def comparisons(draw: st.DrawFn) -> dict[str, Any]:
    key = draw(st.sampled_from(ASKED))
    asked = VOCABULARY.field(SPECS[key].name)
    assert asked
    # A tree is asked by all that belongs to a choice; the browser is told that as a list.
    operator = draw(
        st.sampled_from(
            [o for o in operators_of(asked) if o not in {Operator.WITHIN, Operator.NOT_WITHIN}]
        )
    )
    made: dict[str, Any] = {"field": asked.name, "operator": operator.value}
    shape = shape_of(operator)
    if shape is Shape.NOTHING:
        return made
    if shape is Shape.DURATION:
        return {**made, "value": {"amount": draw(st.integers(0, 20)), "unit": "days"}}
    value = draw(_answer(SPECS[key].kind, key).filter(lambda each: each is not None))
    match value:
        case tuple():
            given: Any = list(value) if shape is Shape.MANY else value[0]
        case datetime():
            given = value.isoformat()
        case date():
            given = datetime(value.year, value.month, value.day, tzinfo=UTC).isoformat()
        case Decimal():
            given = str(value)
        case _:
            given = value
    return {**made, "value": given}


CONDITIONS = st.recursive(
    comparisons(),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: {"all": parts}),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: {"any": parts}),
        inner.map(lambda part: {"not": part}),
    ),
    max_leaves=4,
)


@st.composite
def cases(draw: st.DrawFn) -> tuple[dict[str, Any], dict[int, Value | None]]:
    """A condition, and answers to the fields that it asks of."""
    condition = draw(CONDITIONS)
    keys = sorted({int(key) for key in re.findall(r"field_(\d+)", json.dumps(condition))})
    answers = {key: draw(_answer(SPECS[key].kind, key)) for key in keys}
    return condition, answers


def _for_browser(value: Value | None) -> Any:
    match value:
        case tuple():
            return list(value)
        case datetime():
            return value.timestamp() * 1000
        case date():
            return datetime(value.year, value.month, value.day, tzinfo=UTC).timestamp() * 1000
        case Decimal():
            return float(value)
    return value


def _in_browser(cases: list[Any]) -> list[bool | None]:
    node = shutil.which("node")
    assert node, "the assets are built by node"
    done = subprocess.run(
        [node, "-e", RUN, str(SOURCE)],
        input=json.dumps(cases),
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    found: list[bool | None] = json.loads(done.stdout)
    return found


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(cases(), min_size=5, max_size=20))
def test_conditions_over_answers_hold_in_the_browser_as_on_the_server(
    drawn: list[tuple[dict[str, Any], dict[int, Value | None]]],
) -> None:
    kinds = {each.name: each.kind.value for each in SPECS.values()}
    sent_cases, expected = [], []
    for condition, answers in drawn:
        kept = {key: value for key, value in answers.items() if value is not None}
        bound = bind(parsing.read(condition, VOCABULARY), VOCABULARY, asker=Asker(at=AT))
        expected.append(evaluated(bound, kept, at=AT))
        sent = {SPECS[key].name: _for_browser(value) for key, value in answers.items()}
        single = {Kind.CHOICE, Kind.TREE}
        for key, value in answers.items():
            if SPECS[key].kind in single and isinstance(value, tuple):
                sent[SPECS[key].name] = value[0]
        sent_cases.append([condition, sent, kinds, AT.timestamp() * 1000])
    assert _in_browser(sent_cases) == expected
