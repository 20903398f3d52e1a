"""Processes in the settings: saved as drafts, refused with the reason, published in versions."""

import json

from django.test import Client

from ambidesk.service.workflow.models import Process
from ambidesk.service.workflow.rules.writing import written
from ambidesk.service.workflow.shipped import REPAIR, TALK
from tests.cast import Cast


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
