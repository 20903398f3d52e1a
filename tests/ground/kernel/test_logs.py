"""Logs: JSON, with what belongs together, and nothing personal."""

import json
import subprocess
import sys

from hypothesis import given
from hypothesis import strategies as st

from ambidesk.ground.kernel.logs import masked

SPEAK = """
import logging, structlog
from ambidesk.ground.kernel.logs import configure
configure({"level": "INFO"})
structlog.contextvars.bind_contextvars(request_id="abc")
structlog.get_logger("ours").info("request", route="ticket")
logging.getLogger("theirs").warning("mail from %s", "anna@example.org")
try:
    raise ValueError("broken\\nDETAIL:  Key (email)=(anna@example.org) exists.")
except ValueError:
    structlog.get_logger("ours").exception("fell")
"""


def lines() -> list[dict[str, object]]:
    """What a process of its own says."""
    done = subprocess.run([sys.executable, "-c", SPEAK], capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stderr.splitlines()]


def test_every_line_is_an_object_with_the_id_of_its_request() -> None:
    said = lines()
    assert len(said) == 3
    assert {line["request_id"] for line in said} == {"abc"}
    assert said[0]["route"] == "ticket"


def test_nothing_personal_and_no_traceback_is_said() -> None:
    said = lines()
    assert "anna" not in json.dumps(said)
    assert "Traceback" not in json.dumps(said)
    assert said[2]["fault"] == "ValueError"
    assert said[2]["said"] == "broken"
    assert said[2]["through"]


@given(st.emails())
def test_no_address_gets_into_a_log(address: str) -> None:
    assert address not in masked(f"refused <{address}> now")


def test_secret_links_do_not_get_into_a_log() -> None:
    assert "t0ken" not in masked("GET /access/t0ken/ and /welcome/t0ken/")
