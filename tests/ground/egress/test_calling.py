"""Calls to the outside: only to public addresses, pinned, without redirects, limited."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.conf import settings

from ambidesk.ground.egress.addresses import Forbidden, is_public, place_of
from ambidesk.ground.egress.calling import AnswerTooLarge, Call, CallFailed, call
from tests.waiting import PATIENCE_SECONDS


@contextmanager
def server(answer: bytes) -> Iterator[str]:
    """A server that says these bytes and closes; nothing says nothing."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if answer == b"silent":
                done.wait()
            elif answer:
                self.wfile.write(answer)
            self.connection.close()

        def log_message(self, *_told: object) -> None:
            pass

    done = threading.Event()
    found = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    found.daemon_threads = True
    threading.Thread(target=found.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{found.server_address[1]}/"
    finally:
        done.set()
        found.shutdown()
        found.server_close()


@pytest.fixture(autouse=True)
def loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "EGRESS_HOSTS", frozenset({"127.0.0.1"}))


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "169.254.169.254",
        "192.168.1.1",
        "100.64.0.1",
        "0.0.0.0",  # noqa: S104 an address, not a binding
        "224.0.0.1",
        "::1",
        "fe80::1",
        "fd00::1",
        "::ffff:10.0.0.1",
        "2002:7f00:1::",
        "64:ff9b:1::1",
        "64:ff9b::7f00:1",
    ],
)
def test_addresses_that_are_not_of_the_public_internet_are_not_called(address: str) -> None:
    assert not is_public(address)


def test_public_addresses_are() -> None:
    assert all(map(is_public, ["149.154.167.220", "2001:67c:4e8:f004::9"]))


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/",
        "ftp://example.org/",
        "https://user@127.0.0.2/",
        "https://localhost/",
        "https://127.0.0.2:9/",
        "file:///etc/passwd",
        "https://127.0.0.1:99999/",
        "https://[::1",
        f"https://{'a' * 64}.example/",
        "https://one..example/",
    ],
)
def test_what_may_not_be_called_is_said_before_anything_leaves(url: str) -> None:
    with pytest.raises(OSError):  # noqa: PT011 a name that is none is one too
        place_of(url)
    with pytest.raises(CallFailed) as failed:
        call(Call(method="GET", url=url))
    assert not failed.value.may_have_arrived


def test_a_redirect_is_an_answer_and_is_not_followed() -> None:
    with server(b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\n\r\n") as url:
        assert call(Call(method="GET", url=url)).status == 302


def test_an_answer_that_is_too_large_is_none() -> None:
    with server(b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 100) as url:
        with pytest.raises(CallFailed) as failed:
            call(Call(method="GET", url=url, longest=50))
        assert isinstance(failed.value.cause, AnswerTooLarge)


@pytest.mark.parametrize(
    "answer, seconds",
    # So long that what is asked has left also where the machine is busy.
    [(b"", PATIENCE_SECONDS), (b"silent", 2.0), (b"what is this\r\n\r\n", PATIENCE_SECONDS)],
)
def test_without_an_answer_the_outcome_is_unknown(answer: bytes, seconds: float) -> None:
    with server(answer) as url:
        with pytest.raises(CallFailed) as failed:
            call(Call(method="GET", url=url, seconds=seconds))
        assert failed.value.may_have_arrived


def test_where_nobody_listens_nothing_has_left() -> None:
    with server(b"") as url:
        pass
    with pytest.raises(CallFailed) as failed:
        call(Call(method="GET", url=url))
    assert not failed.value.may_have_arrived
    assert isinstance(failed.value.cause, ConnectionRefusedError)


def test_the_address_is_told_by_nobody() -> None:
    assert "secret" not in repr(Call(method="GET", url="https://example.org/secret"))
    assert issubclass(Forbidden, OSError)
