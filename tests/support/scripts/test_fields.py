"""What was answered in a script is asked by conditions over tickets, in SQL and for one alike."""

import pytest

from ambidesk.ground.conditions.binding import bind
from ambidesk.ground.conditions.compiling import compiled
from ambidesk.ground.conditions.evaluating import holds
from ambidesk.ground.conditions.parsing import read
from ambidesk.support.scripts import running
from ambidesk.support.scripts.models import Script
from ambidesk.support.scripts.writing import ScriptText, publish, write_script
from ambidesk.support.tickets.fields import TICKET_VOCABULARY, asker_of
from ambidesk.support.tickets.models import Ticket
from tests.cast import Cast

pytestmark = pytest.mark.django_db
FLOW = {
    "steps": [
        {
            "id": 1,
            "kind": "ask",
            "text": {"en": "What broke?"},
            "answer": "one",
            "options": [{"id": 1, "label": {"en": "Door"}}, {"id": 2, "label": {"en": "Rope"}}],
        },
        {
            "id": 2,
            "kind": "ask",
            "text": {"en": "What else?"},
            "answer": "several",
            "required": False,
            "options": [{"id": 1, "label": {"en": "Lamp"}}, {"id": 2, "label": {"en": "Bell"}}],
        },
        {"id": 3, "kind": "ask", "text": {"en": "How many floors?"}, "answer": "number"},
        {"id": 4, "kind": "ask", "text": {"en": "Since when?"}, "answer": "day"},
        {"id": 5, "kind": "ask", "text": {"en": "Serial?"}, "answer": "text"},
        {"id": 6, "kind": "end", "text": {"en": "Thank you"}},
    ]
}


@pytest.fixture
def script(cast: Cast) -> Script:
    by = cast.actor(cast.admin)
    script = write_script(None, ScriptText(name="Broken", flow=FLOW), by=by, at=cast.at)
    publish(script, by=by, at=cast.at)
    return script


def walked(cast: Cast, script: Script, *answers: tuple[str, ...]) -> Ticket:
    """A ticket on which so much of the script was answered."""
    by, ticket = cast.actor(cast.olga), cast.ticket()
    run = running.begin_run(script, ticket, by=by, at=cast.at)
    for step, given in enumerate(answers, start=1):
        run = running.pass_step(run, step, given=given, by=by, at=cast.at)
    return ticket


def asked(cast: Cast, name: str, operator: str, value: object = None) -> set[int]:
    """The tickets that a view would show; each by itself says the same."""
    given = {"field": name, "operator": operator}
    condition = read(given if value is None else {**given, "value": value}, TICKET_VOCABULARY)
    asker = asker_of(cast.actor(cast.olga), at=cast.at)
    bound = bind(condition, TICKET_VOCABULARY, asker=asker)
    rows = Ticket.objects.order_by("pk")
    found = set(rows.filter(compiled(bound, at=cast.at)).values_list("pk", flat=True))
    assert found == {row.pk for row in rows if holds(bound, row, at=cast.at)}
    return found


def test_views_ask_for_what_was_answered_in_a_script(cast: Cast, script: Script) -> None:
    whole = walked(cast, script, ("1",), ("1", "2"), ("12",), ("2026-02-03",), ("A-17",))
    part = walked(cast, script, ("2",), ())
    cast.ticket()
    name = f"script_{script.pk}"
    assert asked(cast, f"{name}_1", "is", 1) == {whole.pk}
    assert asked(cast, f"{name}_1", "filled") == {whole.pk, part.pk}
    assert asked(cast, f"{name}_2_2", "is", value=True) == {whole.pk}
    assert asked(cast, f"{name}_3", "more", 11.5) == {whole.pk}
    assert asked(cast, f"{name}_4", "before", "2026-02-04T00:00:00Z") == {whole.pk}
    assert asked(cast, f"{name}_5", "contains", "a-1") == {whole.pk}


def test_what_was_gone_back_from_was_never_answered(cast: Cast, script: Script) -> None:
    ticket = walked(cast, script, ("1",))
    run = ticket.script_runs.get()
    running.go_back(run, by=cast.actor(cast.olga), at=cast.at)
    assert asked(cast, f"script_{script.pk}_1", "filled") == set()


@pytest.mark.parametrize("kind, operator, value", [("number", "more", 1), ("day", "filled", None)])
def test_what_an_older_version_asked_otherwise_is_no_answer(
    cast: Cast, script: Script, kind: str, operator: str, value: object
) -> None:
    walked(cast, script, ("1",), ("1",), ("12",), ("2026-02-03",), ("A-17",))
    steps = [{**step, "answer": kind} if step["id"] == 5 else step for step in FLOW["steps"]]
    by = cast.actor(cast.admin)
    write_script(script, ScriptText(name="Broken", flow={"steps": steps}), by=by, at=cast.at)
    publish(script, by=by, at=cast.at)
    assert asked(cast, f"script_{script.pk}_5", operator, value) == set()
