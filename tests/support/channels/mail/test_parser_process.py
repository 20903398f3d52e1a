"""The parser process: what happens to a child that a mail was too much for."""

import os
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from ambidesk.support.channels.mail.parser_process import Failure, ParserFailed, ParserProcess
from ambidesk.support.channels.mail.parsing import limits
from ambidesk.support.channels.mail.parsing.reading import parse
from tests.support.channels.mail.parsing.test_properties import SEED
from tests.waiting import PATIENCE_SECONDS, wait_for

ROOT = Path(__file__).resolve().parents[4]
POISONED = "tests.support.channels.mail.poisoned_child"
LETTER = b"From: anna@example.org\nSubject: hello\n\nwords\n"


def poison(kind: str) -> bytes:
    return f"From: evil@example.org\nX-Poison: {kind}\n\nwords".encode()


@pytest.fixture(autouse=True)
def findable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", f"{ROOT / 'src'}{os.pathsep}{ROOT}")


@pytest.fixture
def parser() -> Iterator[ParserProcess]:
    with ParserProcess(deadline=PATIENCE_SECONDS, cpu_seconds=1, module=POISONED) as process:
        yield process


def used_by_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def is_alive(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists()


def test_a_mail_is_read_as_in_this_process() -> None:
    with ParserProcess(deadline=PATIENCE_SECONDS) as parser:
        assert parser.parse(LETTER) == parse(LETTER)
        assert parser.parse(SEED) == parse(SEED)
        assert parser.parse(b"") == parse(b"")


def test_one_child_reads_many_mails_and_is_recycled_in_time() -> None:
    with ParserProcess(deadline=PATIENCE_SECONDS, recycled_after=3) as parser:
        pids = []
        for _ in range(6):
            parser.parse(LETTER)
            pids.append(parser.pid)
    assert pids[0] == pids[1]
    assert pids[2] is None
    assert pids[3] == pids[4] != pids[0]


def test_a_mail_that_takes_for_ever_is_ended_at_its_deadline() -> None:
    with ParserProcess(deadline=PATIENCE_SECONDS, module=POISONED) as parser:
        parser.parse(LETTER)
        pid = parser.pid
        # Once it has begun: that takes a busy machine its time.
        parser._deadline_seconds = 1.0
        began = time.monotonic()
        with pytest.raises(ParserFailed) as failed:
            parser.parse(poison("sleep"))
        assert failed.value.reason is Failure.DEADLINE
        assert time.monotonic() - began < PATIENCE_SECONDS
        assert pid is not None
        assert not is_alive(pid)


def test_the_mail_after_a_poisoned_one_is_read() -> None:
    for kind in ("loop", "memory", "crash", "leave", "noise", "interrupt"):
        with ParserProcess(deadline=PATIENCE_SECONDS, cpu_seconds=1, module=POISONED) as parser:
            with pytest.raises(ParserFailed):
                parser.parse(poison(kind))
            assert parser.parse(LETTER).subject == "hello", kind


def test_a_mail_that_computes_for_ever_runs_out_of_its_cpu_time(parser: ParserProcess) -> None:
    with pytest.raises(ParserFailed) as failed:
        parser.parse(poison("loop"))
    assert failed.value.reason is Failure.DIED


def test_cpu_time_is_counted_by_mail_not_by_child() -> None:
    words = b"From: a@example.org\n\n" + b"> some words and more of them\n" * 20_000
    with ParserProcess(cpu_seconds=1, deadline=PATIENCE_SECONDS) as parser:
        pid = None
        for _ in range(8):
            parser.parse(words)
            pid = pid or parser.pid
        assert parser.pid == pid


def test_a_mail_that_eats_memory_meets_the_limit(parser: ParserProcess) -> None:
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    with pytest.raises(ParserFailed) as failed:
        parser.parse(poison("memory"))
    assert failed.value.reason in {Failure.FAULT, Failure.DIED}
    parser.close()
    after = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    assert max(after, before) < 600 * 1024 or after == before


@pytest.mark.parametrize(
    "kind, reason", [("crash", Failure.DIED), ("leave", Failure.DIED), ("noise", Failure.DIED)]
)
def test_a_child_that_dies_or_lies_is_replaced(
    parser: ParserProcess, kind: str, reason: Failure
) -> None:
    parser.parse(LETTER)
    first = parser.pid
    with pytest.raises(ParserFailed) as failed:
        parser.parse(poison(kind))
    assert failed.value.reason is reason
    parser.parse(LETTER)
    assert parser.pid != first


def test_a_child_that_was_killed_between_mails_is_no_mails_fault(parser: ParserProcess) -> None:
    parser.parse(LETTER)
    assert parser.pid is not None
    os.kill(parser.pid, 9)
    stat = Path(f"/proc/{parser.pid}/stat")
    wait_for(lambda: stat.read_text().split()[2] == "Z")
    assert parser.parse(LETTER).subject == "hello"


def test_the_child_writes_no_files(parser: ParserProcess) -> None:
    with pytest.raises(ParserFailed):
        parser.parse(poison("file"))
    written = Path("/tmp/parser-wrote-this")
    assert not written.exists() or written.stat().st_size == 0
    written.unlink(missing_ok=True)


def test_the_child_knows_no_secret_of_its_parent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://secret")
    monkeypatch.setenv("AMBIDESK_SECRET_KEY", "secret")
    with ParserProcess(deadline=PATIENCE_SECONDS) as parser:
        parser.parse(LETTER)
        environment = Path(f"/proc/{parser.pid}/environ").read_bytes()
        modules = Path(f"/proc/{parser.pid}/maps").read_text()
    assert b"secret" not in environment
    assert "psycopg" not in modules


def test_a_mail_beyond_the_limit_is_refused_without_asking_the_child() -> None:
    with ParserProcess(module="no.such.module") as parser, pytest.raises(ParserFailed) as failed:
        parser.parse(b"x" * (limits.MAIL_BYTES + 1))
    assert failed.value.reason is Failure.TOO_LARGE


def test_a_child_that_cannot_start_is_a_failure_of_the_mail_not_of_the_parent() -> None:
    with ParserProcess(module="no.such.module") as parser, pytest.raises(ParserFailed) as failed:
        parser.parse(LETTER)
    assert failed.value.reason is Failure.DIED


def test_large_mails_go_both_ways() -> None:
    content = os.urandom(15_000_000)
    raw = b"From: a@example.org\nContent-Type: application/pdf; name=x.pdf\nContent-Transfer-Encoding: binary\n\n"
    with ParserProcess(deadline=PATIENCE_SECONDS) as parser:
        mail = parser.parse(raw + content)
    assert mail.attachments[0].content == content


def test_threads_take_turns(parser: ParserProcess) -> None:
    mails = [f"From: a@example.org\nSubject: {n}\n\nwords".encode() for n in range(200)]
    with ThreadPoolExecutor(8) as pool:
        subjects = [mail.subject for mail in pool.map(parser.parse, mails)]
    assert subjects == [str(n) for n in range(200)]


def test_the_thread_that_started_a_child_may_end_before_it(parser: ParserProcess) -> None:
    starting = threading.Thread(target=parser.parse, args=(LETTER,))
    starting.start()
    starting.join()
    pid = parser.pid
    assert parser.parse(LETTER).subject == "hello"
    assert parser.pid == pid


def test_a_child_ends_with_its_parent() -> None:
    script = (
        "from ambidesk.support.channels.mail.parser_process import ParserProcess\n"
        "parser = ParserProcess()\n"
        "parser.parse(b'From: a@example.org\\n\\nwords')\n"
        "print(parser.pid, flush=True)\n"
        "input()\n"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert parent.stdout is not None
    assert parent.stdin is not None
    pid = int(parent.stdout.readline())
    assert is_alive(pid)
    parent.kill()
    parent.wait()
    wait_for(lambda: not is_alive(pid))
    parent.stdin.close()
    parent.stdout.close()


def test_hundreds_of_mails_a_second_go_through(capsys: pytest.CaptureFixture[str]) -> None:
    """The figure for the whole intake is 150 a second; the parser must not be what holds it."""
    before = used_by_children()
    with ParserProcess(deadline=PATIENCE_SECONDS, recycled_after=2_000) as parser:
        parser.parse(LETTER)
        began, used = time.monotonic(), time.process_time()
        for _ in range(1_000):
            parser.parse(SEED)
        taken, in_parent = time.monotonic() - began, time.process_time() - used
    in_child = used_by_children() - before
    with capsys.disabled():
        print(  # noqa: T201
            f"\n  {1_000 / taken:.0f} mails/s on this machine as it is; for 1,000 mails the child"
            f" computed {in_child:.2f} s, the parent {in_parent:.2f} s"
        )
    assert 1_000 / (in_child + in_parent) > 150
