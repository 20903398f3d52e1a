"""Step by step over the API: scripts, incidents, approvals, handovers, problems; and the audit."""

from hashlib import sha256

import pytest

from ambidesk.ground.kernel.models import Problem
from ambidesk.support.conversations.models import IntakeItem, IntakeState
from ambidesk.support.incidents.models import Incident, IncidentState
from ambidesk.support.tickets.attributing import attribute
from tests.called_in import call_in
from tests.cast import Cast
from tests.edge.api.machines import Machine, issued
from tests.support.approvals.things import approver
from tests.support.scripts.flows import RETURN


@pytest.fixture
def every(cast: Cast) -> Machine:
    """A system that may do all, in all brands."""
    return Machine(token=issued(at=cast.at).token)


def test_a_script_is_written_published_and_gone_through(
    cast: Cast, shop: Machine, lifts: Machine
) -> None:
    said = {"name": "Return", "flow": RETURN, "brand_id": cast.shop.pk}
    made = shop.post("scripts", said)
    assert (made.status, made.body["published"]) == (201, None), made.body
    key, ticket = made.body["id"], cast.ticket()
    path = f"tickets/{ticket.number}"
    assert shop.post(f"{path}/runs", {"script_id": key}).status == 422
    assert shop.put(f"scripts/{key}/publication").body["version"] == 1
    assert shop.put(f"scripts/{key}/publication").body["code"] == "nothing-new"
    assert lifts.put(f"scripts/{key}/publication").status == 404
    offered = shop.get(f"{path}/scripts").body["items"]
    assert offered == [{"id": key, "name": "Return", "is_proposed": False}]
    run = shop.post(f"{path}/runs", {"script_id": key}, Accept_Language="en")
    assert (run.status, run.body["now"]["text"]) == (201, "Is it broken?"), run.body
    assert [each["label"] for each in run.body["now"]["options"]] == ["Yes", "No"]
    one = f"{path}/runs/{run.body['id']}"
    assert lifts.get(one).status == 404
    wrong = shop.post(f"{one}/steps", {"step": 1, "answer": ["7"]})
    assert (wrong.status, wrong.body["code"]) == (422, "not-an-option")
    at = shop.post(f"{one}/steps", {"step": 1, "answer": ["2"]}, Accept_Language="en").body
    assert at["now"]["kind"] == "say"
    # What is said is filled in for this customer.
    assert "{{" not in at["now"]["text"]
    assert at["answers"] == [{"step": 1, "question": "Is it broken?", "value": [2], "words": "No"}]
    late = shop.post(f"{one}/steps", {"step": 1, "answer": ["1"]})
    assert (late.status, late.body["code"]) == (409, "somebody-went-on")
    assert shop.delete(f"{one}/steps").body["now"]["id"] == 1
    assert shop.delete(f"{one}/activity").body["state"] == "stopped"
    assert shop.put(f"{one}/activity").body["state"] == "running"
    shop.post(f"{one}/steps", {"step": 1, "answer": ["2"]})
    assert shop.post(f"{one}/steps", {"step": 4}).body["state"] == "finished"
    assert [each["state"] for each in shop.get(f"{path}/runs").body["items"]] == ["finished"]


def test_an_incident_is_told_of_taken_back_and_ended(
    cast: Cast, shop: Machine, lifts: Machine
) -> None:
    row = Incident.objects.create(
        brand=cast.shop, state=IncidentState.PROPOSED, title="Nothing arrives", began_at=cast.at
    )
    ticket, foreign = cast.ticket(), cast.ticket(channel=cast.lift_mail)
    path = f"incidents/{row.pk}"
    assert lifts.get(path).status == 404
    assert shop.put(f"{path}/banner", {"en": "Soon"}).status == 409
    assert shop.put(f"{path}/acceptance", {"title": "Mail"}).body["state"] == "open"
    assert shop.put(f"{path}/tickets/{ticket.number}").body["tickets"] == 1
    assert shop.put(f"{path}/tickets/{foreign.number}").status == 404
    listed = shop.get(f"{path}/tickets").body["items"]
    assert [(each["ticket"], each["by_hand"]) for each in listed] == [(ticket.number, True)]
    shown = shop.put(f"{path}/banner", {"en": "Mail is late"}).body
    assert (shown["banner_en"], shown["banner_since"] is not None) == ("Mail is late", True)
    assert shop.delete(f"{path}/banner").body["banner_since"] is None
    said = shop.post(f"{path}/answers", {"text": "We are on it."})
    assert (said.status, said.body["state"], said.body["unheard"]) == (201, "waiting", 0)
    back = shop.delete(f"{path}/answers/{said.body['id']}").body
    assert (back["state"], back["heard"]) == ("withdrawn", 0)
    assert shop.get(f"{path}/answers").body["items"] == [back]
    assert shop.put(f"{path}/closure", {"text": "It works."}).body["state"] == "closed"
    assert shop.delete(f"{path}/closure").body["state"] == "open"
    states = [each["state"] for each in shop.get(f"{path}/answers").body["items"]]
    assert states == ["withdrawn", "withdrawn"]
    assert shop.delete(f"{path}/tickets/{ticket.number}").body["tickets"] == 0
    assert shop.get("incidents?state=open").body["items"][0]["id"] == row.pk
    assert shop.get("incidents?state=closed").body["items"] == []


def test_an_approval_is_asked_and_noted_of_whom_may_only(cast: Cast, shop: Machine) -> None:
    contact, ticket = approver(cast), cast.ticket()
    path = f"tickets/{ticket.number}/approvals"
    wish = {"kind": "cost", "title": "A new lamp", "amount": "1200.50", "currency": "RUB"}
    nobodys = shop.post(path, wish)
    assert (nobodys.status, nobodys.body["code"]) == (409, "nobodys-client")
    attribute(ticket, company=contact.company, site=None, by=cast.actor(cast.admin), at=cast.at)
    asked = shop.post(path, wish)
    assert (asked.status, asked.body["amount"]) == (201, "1200.50"), asked.body
    assert [each["contact_id"] for each in asked.body["asked"]] == [contact.pk]
    one, olga = f"{path}/{asked.body['id']}", {"On_Behalf_Of": str(cast.olga.pk)}
    noted = {
        "contact_id": contact.pk,
        "yes": True,
        "content": asked.body["content"],
        "noted_from": "phone",
    }
    # A program hears nobody on the phone: a member of staff stands behind it.
    assert shop.put(f"{one}/answer", noted).body["code"] == "for-nobody"
    stale = shop.put(f"{one}/answer", {**noted, "content": "x"}, **olga)
    assert (stale.status, stale.body["code"]) == (409, "content-changed"), stale.body
    dealer = call_in(cast).fitter
    assert shop.put(f"{one}/answer", {**noted, "contact_id": dealer.pk}, **olga).status == 422
    key = shop.upload("yes.txt", b"Yes!").body["key"]
    done = shop.put(f"{one}/answer", {**noted, "file": key}, **olga)
    assert (done.status, done.body["state"]) == (200, "approved"), done.body
    assert done.body["answer"]["noted_by"] == cast.olga.user_id
    assert shop.get(f"{one}/file").status == 200
    again = shop.post(path, {**wish, "amount": "900"})
    assert shop.get(one).body["ended_for"] == "replaced"
    taken = shop.delete(f"{path}/{again.body['id']}").body
    assert (taken["state"], taken["ended_for"]) == ("void", "withdrawn")
    assert [each["state"] for each in shop.get(path).body["items"]] == ["void", "void"]


def test_work_is_handed_over_and_taken_back(cast: Cast, shop: Machine, lifts: Machine) -> None:
    called, ticket = call_in(cast), cast.ticket()
    path = f"tickets/{ticket.number}/handovers"
    names = {each["id"] for each in shop.get("contractors").body["items"]}
    assert {called.cold.pk, called.lift.pk} <= names
    key = shop.upload("map.txt", b"third row").body["key"]
    said = {"contractor_id": called.cold.pk, "task": "Look", "text": "Soon", "files": [key]}
    made = shop.post(path, said)
    assert (made.status, made.body["standing"]) == (201, "offered"), made.body
    (word,) = made.body["words"]
    assert (word["kind"], word["files"][0]["name"]) == ("task", "map.txt")
    assert shop.get(f"{path}/files/{word['files'][0]['key']}").status == 200
    assert shop.post(path, {**said, "files": []}).body["code"] == "already-handed-over"
    one = f"{path}/{made.body['id']}"
    assert lifts.get(one).status == 404
    spoken = shop.post(f"{one}/words", {"text": "By the back door"}).body["words"]
    assert [each["text"] for each in spoken] == ["Soon", "By the back door"]
    assert shop.put(f"{one}/taking").status == 409
    assert shop.delete(one).body["standing"] == "withdrawn"
    assert shop.post(f"{one}/words", {"text": "More"}).body["code"] == "handover-over"


def test_problems_of_ones_brands_are_tried_again_and_settled(
    cast: Cast, shop: Machine, lifts: Machine, every: Machine
) -> None:
    item = IntakeItem.objects.create(
        channel=cast.shop_mail,
        external_key="broken",
        raw=b"x",
        digest=sha256(b"x").hexdigest(),
        size_bytes=1,
        received_at=cast.at,
        state=IntakeState.QUARANTINED,
        reason="fault",
    )
    moments = {"first_at": cast.at, "last_at": cast.at}
    mine = Problem.objects.create(
        kind="intake-quarantined", subject_kind="intake_item", subject_id=item.pk, **moments
    )
    desks = Problem.objects.create(
        kind="journal-held", subject_kind="journal", subject_id=1, **moments
    )
    assert [each["id"] for each in shop.get("problems").body["items"]] == [mine.pk]
    assert lifts.get("problems").body["items"] == []
    assert lifts.delete(f"problems/{mine.pk}").status == 404
    assert {each["id"] for each in every.get("problems").body["items"]} == {mine.pk, desks.pk}
    assert every.post(f"problems/{desks.pk}/trial").status == 404
    assert shop.post(f"problems/{mine.pk}/trial").body["items"] == []
    item.refresh_from_db()
    assert item.state == IntakeState.WAITING
    assert every.delete(f"problems/{desks.pk}").body["items"] == []


def test_who_did_what_is_read_by_a_right_of_its_own(cast: Cast, every: Machine) -> None:
    narrow = Machine(token=issued(["audit:read"], brands=[cast.shop.pk], at=cast.at).token)
    assert narrow.get("audit").body["code"] == "for-all-brands"
    reader = Machine(token=issued(["audit:read", "brands:all"], at=cast.at).token)
    tag = every.post("tags", {"name": "fragile"}).body["id"]
    every.put(f"tags/{tag}", {"name": "heavy"})
    found = reader.get(f"audit?subject_kind=tag&subject_id={tag}&limit=1").body
    (act,) = found["items"]
    assert (act["kind"], act["actor"]["kind"]) == ("catalogue.tag_named", "api_key")
    more = reader.get(f"audit?subject_kind=tag&subject_id={tag}&limit=1&after={found['next']}").body
    assert (len(more["items"]), more["next"]) == (1, None)
    assert more["items"][0]["id"] < act["id"]
    assert reader.get("audit?actor_kind=user").body["code"] == "half-named"
    assert every.post("audit").status == 405
