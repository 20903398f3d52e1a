"""Parts are restarted when they end, and stop in order; the sink serves as a part here."""

import http.client
import json
import os
import signal
import smtplib

import pytest

from ambidesk.edge.commands.starting.ports import free_port as near
from ambidesk.edge.commands.supervising.logs import LARGEST_BYTES, last_line, shorten
from ambidesk.edge.commands.supervising.part import ProcessPart
from ambidesk.edge.commands.supervising.probes import smtp_answers
from ambidesk.edge.commands.supervising.tree import Tree
from ambidesk.edge.commands.trouble import Trouble
from tests.edge.commands.console import environment
from tests.edge.commands.processes import left_of
from tests.ports import free_port
from tests.waiting import PATIENCE_SECONDS, wait_for

MAIL = "From: desk@example.org\r\nSubject: {subject}\r\n\r\nHello\r\n"


@pytest.fixture
def said():
    return []


@pytest.fixture
def tree(said):
    made = Tree(say=said.append)
    yield made
    made.stop(at_once=True)


@pytest.fixture
def sink(open_directory):
    smtp, web = free_port(), free_port()
    (open_directory / "log").mkdir()
    part = ProcessPart(
        name="sink",
        command=["sink", "--smtp-port", str(smtp), "--port", str(web)],
        environment=environment(AMBIDESK_DATA=str(open_directory)),
        log_file=open_directory / "log" / "sink.log",
        works=lambda: smtp_answers("127.0.0.1", smtp),
    )
    part.smtp_port, part.web_port = smtp, web
    return part


def read(part, path="/messages", **headers):
    connection = http.client.HTTPConnection("127.0.0.1", part.web_port, timeout=PATIENCE_SECONDS)
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer, body


def send(part, subject):
    with smtplib.SMTP("127.0.0.1", part.smtp_port) as line:
        line.sendmail("desk@example.org", ["anna@example.org"], MAIL.format(subject=subject))


def test_a_part_that_was_killed_starts_again(tree, sink, said, open_directory):
    tree.start(sink)
    tree.await_working(sink)
    os.kill(left_of(open_directory)[0], signal.SIGKILL)
    wait_for(lambda: sink.ended() is not None)
    tree.await_working(sink)
    assert len(said) == 1
    assert "sink" in said[0]


def test_a_stopped_tree_leaves_no_process(tree, sink, open_directory):
    tree.start(sink)
    tree.await_working(sink)
    tree.stop()
    assert left_of(open_directory) == []


def test_a_part_that_does_not_stop_is_ended(tree, sink, open_directory):
    sink.patience_seconds = 0.2
    tree.start(sink)
    tree.await_working(sink)
    os.kill(left_of(open_directory)[0], signal.SIGSTOP)
    tree.stop()
    assert left_of(open_directory) == []


def test_a_part_that_never_works_is_not_tried_for_ever(tree, open_directory):
    (open_directory / "log").mkdir()
    part = ProcessPart(
        name="nothing",
        command=["no-such-command"],
        environment=environment(),
        log_file=open_directory / "log" / "nothing.log",
        works=lambda: False,
    )
    tree.start(part)
    with pytest.raises(Trouble, match="No such command"):
        tree.await_working(part)


def test_the_sink_shows_the_mail_that_it_took(tree, sink):
    tree.start(sink)
    tree.await_working(sink)
    send(sink, "First <b>")
    send(sink, "Second")
    _, body = read(sink)
    second, first = json.loads(body)
    assert (first["subject"], second["rcpt_to"]) == ("First <b>", ["anna@example.org"])
    _, raw = read(sink, first["url"])
    assert raw == MAIL.format(subject="First <b>").encode()
    answer, page = read(sink, "/", Accept="text/html")
    assert answer.getheader("Content-Type").startswith("text/html")
    assert b"First &lt;b&gt;" in page


def test_the_sink_gives_only_its_mails(tree, sink):
    tree.start(sink)
    tree.await_working(sink)
    for path in ("/../secret", "/000009.eml", "/..%2f..%2fsecret.eml"):
        assert read(sink, path)[0].status == 404


def test_a_large_log_begins_anew_while_it_is_written(tmp_path):
    file = tmp_path / "part.log"
    with file.open("ab") as log:
        log.write(b"x" * (LARGEST_BYTES + 1))
        log.flush()
        shorten(file)
        log.write(b"new\n")
    assert file.read_bytes() == b"new\n"
    assert (tmp_path / "part.log.1").stat().st_size == LARGEST_BYTES + 1


def test_the_last_line_of_a_log_is_the_one_that_says_something(tmp_path):
    file = tmp_path / "part.log"
    file.write_text("Traceback\n  File x\nValueError: too much\n\n")
    assert last_line(file) == "ValueError: too much"
    assert last_line(tmp_path / "none") == ""


def test_a_wished_port_is_taken_when_it_is_free():
    port = free_port()
    assert near("127.0.0.1", port) == port
