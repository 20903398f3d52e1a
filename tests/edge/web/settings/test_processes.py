"""Processes in the settings: saved as drafts, refused with the reason, published in versions."""

import json
from dataclasses import replace

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from ambidesk.ground.fields.rules.spec import Texts
from ambidesk.service.workflow.models import Process
from ambidesk.service.workflow.rules.plan import Item
from ambidesk.service.workflow.rules.writing import written
from ambidesk.service.workflow.shipped import REPAIR, TALK
from ambidesk.support.stages.moving import begin
from tests.cast import Cast
from tests.support.stages.processes import changed, published


def drawn(cast: Cast) -> Client:
    """The administrator at the designer."""
    admin = Client()
    admin.force_login(cast.admin.user)
    return admin


def test_a_draft_that_is_not_finished_is_kept_but_not_published(cast: Cast) -> None:
    admin, plan = drawn(cast), written(TALK)
    plan["transitions"] = plan["transitions"][:1]
    said = {"name_en": "Talk", "name_ru": "", "plan": json.dumps(plan)}
    refused = admin.post("/settings/processes/new", {**said, "publish": "1"})
    assert refused.status_code == 422
    assert "It cannot be published yet." in refused.content.decode()
    assert not Process.objects.exists()
    admin.post("/settings/processes/new", said)
    assert Process.objects.get().published is None


def test_it_is_published_in_versions(cast: Cast) -> None:
    admin = drawn(cast)
    said = {"name_en": "Repair", "name_ru": "Ремонт", "publish": "1"}
    admin.post("/settings/processes/new", {**said, "plan": json.dumps(written(TALK))})
    process = Process.objects.get()
    one = f"/settings/processes/{process.pk}"
    assert "data-plan-editor" in admin.get(one).content.decode()
    admin.post(one, {**said, "plan": json.dumps(written(REPAIR))})
    assert list(process.versions.values_list("number", flat=True)) == [2, 1]
    assert "Version 2" in admin.get("/settings/processes/").content.decode()


def test_what_is_wrong_is_said_while_it_is_drawn(cast: Cast) -> None:
    admin, plan = drawn(cast), written(TALK)
    check = "/settings/processes/check"
    assert "from each an end" in admin.post(check, {"plan": json.dumps(plan)}).content.decode()
    plan["stages"][0]["team"] = 99_999
    said = admin.post(check, {"plan": json.dumps(plan)}).content.decode()
    assert "Stage “Talk”: Its team is not there any more." in said
    assert "did not arrive whole" in admin.post(check, {"plan": "{}x"}).content.decode()
    fields = admin.get("/conditions/ticket").json()["fields"]
    assert {"process", "stage"} <= {each["name"] for each in fields}


def test_old_versions_are_listed_with_who_is_on_them_read_and_compared(cast: Cast) -> None:
    admin, olga = drawn(cast), cast.actor(cast.olga)
    process = published(cast, REPAIR)
    for _number in range(2):
        begin(cast.ticket(), process, by=olga, at=cast.at)
    first = replace(
        REPAIR.stages[0],
        name=Texts(en="Taken in"),
        checklist=(Item(id=7, text=Texts(en="Photo taken")),),
    )
    ways = tuple(way for way in REPAIR.transitions if way.id != 3)
    # Without the way to it the stage “Called off” goes, too.
    rest = tuple(each for each in REPAIR.stages[1:] if each.id != 8)
    changed(cast, process, replace(REPAIR, stages=(first, *rest), transitions=ways))
    begin(cast.ticket(), process, by=olga, at=cast.at)
    here = f"/settings/processes/{process.pk}"
    assert f"{here}/versions" in admin.get(here).content.decode()
    listed = " ".join(admin.get(f"{here}/versions").content.decode().split())
    assert listed.index("Version 2") < listed.index("Version 1")
    assert "2 tickets on it now" in listed
    assert "1 ticket on it now" in listed
    page = admin.get(f"{here}/versions/1", headers={"accept-language": "en"}).content.decode()
    assert "Device and fault are known" in page
    assert page.count('class="plan-node') == len(REPAIR.stages)
    for turn in (
        "Stage “Received”: name “Taken in” instead of “Received”.",
        "Checklist of “Taken in”: new line “Photo taken”.",
        "Checklist of “Taken in”: no “Device and fault are known” any more.",
        "Stage “Called off” is gone.",
        "No way any more from “Diagnosis”: Call off → “Called off”.",
    ):
        assert turn in page
    newest = admin.get(f"{here}/versions/2").content.decode()
    assert "What the next version has otherwise" not in newest
    assert "<form" not in newest.partition("<main")[2].partition("</main>")[0]
    assert admin.get(f"{here}/versions/3").status_code == 404


def test_more_versions_and_more_tickets_are_no_more_questions(cast: Cast) -> None:
    admin, olga = drawn(cast), cast.actor(cast.olga)
    process = published(cast, REPAIR)
    here = f"/settings/processes/{process.pk}/versions"
    admin.get(here)
    with CaptureQueriesContext(connection) as few:
        admin.get(here)
    for number in range(3):
        first = replace(REPAIR.stages[0], name=Texts(en=f"Taken in {number}"))
        changed(cast, process, replace(REPAIR, stages=(first, *REPAIR.stages[1:])))
        begin(cast.ticket(), process, by=olga, at=cast.at)
    with CaptureQueriesContext(connection) as many:
        admin.get(here)
    assert len(many) == len(few)
