"""A lead writes a script in the settings: checked live, rehearsed, published, and how it goes."""

import json

from django.test import Client

from ambidesk.support.scripts import running
from ambidesk.support.scripts.models import Script
from ambidesk.support.scripts.writing import ScriptText, publish, write_script
from tests.cast import Cast
from tests.support.scripts.flows import RETURN


def client_of(cast: Cast) -> Client:
    """The administrator's browser."""
    client = Client()
    client.force_login(cast.admin.user)
    return client


def test_a_script_is_saved_as_a_draft_and_published_by_one_press(cast: Cast) -> None:
    client = client_of(cast)
    form = {"name": "Return", "flow": json.dumps(RETURN), "proposed_when": '{"all": []}'}
    saved = client.post("/settings/scripts/new", form)
    script = Script.objects.get()
    assert (saved.status_code, script.published, script.proposed_when) == (303, None, None)
    client.post(f"/settings/scripts/{script.pk}", {**form, "publish": "1"})
    assert Script.objects.get().published == 1
    assert "Version 1" in client.get("/settings/scripts/").content.decode()
    assert "flow-picture" in client.get(f"/settings/scripts/{script.pk}/going").content.decode()


def test_what_is_not_ready_is_not_published_and_says_why(cast: Cast) -> None:
    client = client_of(cast)
    flow = {"steps": [{"id": 1, "kind": "say", "text": {"en": "Hello"}}]}
    form = {"name": "Return", "flow": json.dumps(flow), "proposed_when": "", "publish": "1"}
    answer = client.post("/settings/scripts/new", form)
    assert answer.status_code == 422
    assert "Step 1: It does not go on from here" in answer.content.decode()
    assert not Script.objects.exists()
    checked = client.post("/settings/scripts/check", {"flow": json.dumps(flow)})
    assert "It does not go on from here" in checked.content.decode()
    assert (
        "Every walk ends"
        in client.post("/settings/scripts/check", {"flow": json.dumps(RETURN)}).content.decode()
    )


def test_a_rehearsal_goes_where_the_answers_lead_and_back(cast: Cast) -> None:
    client, flow = client_of(cast), json.dumps(RETURN)
    page = client.post("/settings/scripts/rehearsal", {"flow": flow}).content.decode()
    assert "Is it broken?" in page
    said = {"flow": flow, "trail": "[]", "way": "next"}
    wrong = client.post("/settings/scripts/rehearsal", said).content.decode()
    assert "Answer this to go on." in wrong
    page = client.post("/settings/scripts/rehearsal", {**said, "answer": "2"}).content.decode()
    assert "send it back within 14 days" in page
    back = {"flow": flow, "trail": '[["2"]]', "way": "back"}
    assert "Is it broken?" in client.post("/settings/scripts/rehearsal", back).content.decode()
    for nonsense in ("", "[", '{"steps": 7}'):
        answer = client.post("/settings/scripts/rehearsal", {"flow": nonsense})
        assert "did not arrive whole" in answer.content.decode()


def test_the_page_of_a_script_counts_by_version_and_opens_the_tickets(cast: Cast) -> None:
    client, by = client_of(cast), cast.actor(cast.admin)
    script = write_script(None, ScriptText(name="Return", flow=RETURN), by=by, at=cast.at)
    publish(script, by=by, at=cast.at)
    olga = cast.actor(cast.olga)
    done = running.begin_run(script, cast.ticket(), by=olga, at=cast.at)
    done = running.pass_step(done, 1, given=["2"], by=olga, at=cast.at)
    running.pass_step(done, 4, given=[], by=olga, at=cast.at)
    stopped = running.begin_run(script, cast.ticket("Another"), by=olga, at=cast.at)
    stopped = running.pass_step(stopped, 1, given=["1"], by=olga, at=cast.at)
    running.stop_run(stopped, by=olga, at=cast.at)
    page = client.get(f"/settings/scripts/{script.pk}/going").content.decode()
    assert "50 %" in page
    assert "What is the order?" in page
    left = client.get(f"/settings/scripts/{script.pk}/going?version=1&what=left&step=2")
    assert f"#{stopped.ticket_id}" in left.content.decode()
    assert f"#{done.ticket_id} " not in left.content.decode()


def test_the_builder_can_ask_for_every_kind_of_answer(cast: Cast) -> None:
    told = client_of(cast).get("/settings/scripts/vocabulary").json()
    assert set(told["answers"]) == {"one", "several", "text", "number", "day"}
    assert told["tickets"]["fields"][0]["name"] == "state"
