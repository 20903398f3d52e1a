"""The way of a ticket through a process over the API: begun, ticked off, stepped, converted."""

from datetime import timedelta

from ambidesk.service.contracts.models import Contract
from ambidesk.service.contracts.said import StageSaid
from ambidesk.service.workflow.shipped import REPAIR, TALK
from tests.cast import Cast
from tests.edge.api.machines import Machine
from tests.support.stages.processes import covered, promised_stages, published


def test_a_ticket_is_led_through_a_process_and_over_to_another(
    cast: Cast, shop: Machine, lifts: Machine
) -> None:
    repair, talk = published(cast, REPAIR, "Repair"), published(cast, TALK, "Talk")
    path = f"tickets/{cast.ticket().number}/process"
    assert (shop.get(path).status, shop.get(path).body["code"]) == (409, "no-process")
    assert lifts.post(path, {"process_id": repair.pk}).status == 404
    begun = shop.post(path, {"process_id": repair.pk})
    assert begun.status == 201, begun.body
    (here,) = begun.body["stays"]
    way = next(each for each in here["ways"] if each["missing"] or not each["asks_reason"])
    if here["lines"]:
        line = f"{path}/stages/{here['stage']}/lines/{here['lines'][0]['id']}"
        ticked = shop.put(line).body["stays"][0]["lines"][0]
        assert ticked["is_done"]
        assert not shop.delete(line).body["stays"][0]["lines"][0]["is_done"]
    refused = shop.post(f"{path}/steps", {"way": 9_999})
    assert refused.status in {409, 422}
    if way["missing"]:
        lacking = shop.post(f"{path}/steps", {"way": way["id"]}, Accept_Language="en")
        assert (lacking.status, way["missing"] in lacking.body["detail"]) == (409, True)
    over = shop.put(path, {"process_id": talk.pk})
    assert (over.status, over.body["process_id"]) == (200, talk.pk), over.body
    (open_stay,) = [each for each in over.body["stays"] if each["left_at"] is None]
    free = next(each for each in open_stay["ways"] if not each["missing"])
    gone = shop.post(f"{path}/steps", {"way": free["id"], "reason": "Done"})
    assert gone.status == 200, gone.body
    assert len(gone.body["stays"]) >= len(over.body["stays"])


def test_what_a_contract_promises_for_stages_is_read_with_its_reasons(
    cast: Cast, shop: Machine
) -> None:
    process = published(cast, TALK, "Talk")
    said = StageSaid(
        clause="4.1",
        work=timedelta(hours=4),
        line="2.1",
        process=process,
        warning=timedelta(minutes=30),
        waits=True,
    )
    number = covered(cast, promised_stages(cast, said)).number
    contract = Contract.objects.get()
    (version,) = shop.get(f"contracts/{contract.pk}/versions").body["items"]
    assert version["stages"] == [
        {
            "clause": "4.1",
            "work_minutes": 240,
            "warning_minutes": 30,
            "line_clause": "2.1",
            "process_id": process.pk,
            "stage": None,
            "calendar_id": None,
            "waits": True,
        }
    ]
    path = f"tickets/{number}/process"
    begun = shop.post(path, {"process_id": process.pk}, Accept_Language="en").body
    (here,) = begun["stays"]
    assert here["due_at"] is not None
    assert f"Contract {contract.number}, clause 4.1, promises 4 h" in here["reasons"][0]
