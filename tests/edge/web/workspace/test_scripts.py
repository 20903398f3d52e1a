"""On the ticket: what was answered stands on the card and on the timeline."""

from django.test import Client

from ambidesk.support.scripts.models import Run
from ambidesk.support.scripts.writing import ScriptText, publish, write_script
from tests.cast import Cast
from tests.support.scripts.flows import RETURN


def test_a_script_is_walked_through_by_forms_and_its_answers_are_told(cast: Cast) -> None:
    by, ticket = cast.actor(cast.admin), cast.ticket()
    script = write_script(None, ScriptText(name="Return", flow=RETURN), by=by, at=cast.at)
    publish(script, by=by, at=cast.at)
    olga = Client()
    olga.force_login(cast.olga.user)
    olga.post(f"/tickets/{ticket.pk}/scripts/{script.pk}")
    run = Run.objects.get()
    steps = f"/tickets/{ticket.pk}/runs/{run.pk}/steps"
    wrong = olga.post(steps, {"step": 1}, headers={"HX-Request": "true"})
    assert (wrong.status_code, b"Answer this to go on." in wrong.content) == (422, True)
    olga.post(steps, {"step": 1, "answer": "1"})
    olga.post(steps, {"step": 2, "answer": "A-17"})
    olga.post(steps, {"step": 3})
    page = olga.get(f"/tickets/{ticket.pk}").content.decode()
    assert "Told how to return" in page
    assert "Return”: Is it broken? Yes; What is the order? A-17" in page
