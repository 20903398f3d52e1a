"""Operations: health for machines, figures for those who may, no word about persons."""

import pytest
from django.test import Client

from tests.cast import Cast


def test_a_living_desk_says_so(db: None) -> None:
    assert Client().get("/health/live").json() == {"live": True}
    assert Client().get("/health/ready").json() == {"ready": True}


def test_figures_tell_of_tickets_requests_lanes_and_lag(cast: Cast) -> None:
    cast.ticket()
    Client().get("/account/login/")
    page = Client().get("/metrics").content.decode()
    assert "ambidesk_tickets_active 1.0" in page
    for name in ("intake_oldest", "deliveries_late", "journal_lag", "lane_processes"):
        assert f"ambidesk_{name}" in page


def test_figures_are_for_the_machine_itself(db: None) -> None:
    assert Client().get("/metrics", REMOTE_ADDR="203.0.113.7").status_code == 404
    assert Client().get("/metrics", headers={"x-forwarded-for": "1.2.3.4"}).status_code == 404


def test_a_token_opens_the_figures_from_elsewhere(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AMBIDESK_METRICS_TOKEN", "s3cret")
    far = {"REMOTE_ADDR": "203.0.113.7"}
    assert (
        Client().get("/metrics", headers={"authorization": "Bearer s3cret"}, **far).status_code
        == 200
    )
    assert (
        Client().get("/metrics", headers={"authorization": "Bearer no"}, **far).status_code == 404
    )
    assert Client().get("/metrics").status_code == 404


def test_every_answer_carries_the_id_of_its_request(db: None) -> None:
    answers = [Client().get("/account/login/")["X-Request-Id"] for _number in range(2)]
    assert len(set(answers)) == 2
