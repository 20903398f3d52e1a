"""
Calling: one HTTP call to a pinned address; no redirects, all of it limited in time and size.

A failure says whether the request may have been acted upon: only then is its outcome unknown.
"""

import http.client
import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from django.conf import settings

from ambidesk.ground.egress.addresses import Place, place_of
from ambidesk.ground.egress.watching import Watch

LONGEST_ANSWER_BYTES = 4 * 1024 * 1024
CONNECT_SECONDS, WHOLE_SECONDS = 10.0, 30.0


class CallFailed(Exception):  # noqa: N818 says what happened
    """
    There was no answer; `cause` says why.

    `may_have_arrived`: the request was handed over, and what became of it is unknown.
    """

    def __init__(self, cause: OSError, *, may_have_arrived: bool) -> None:
        super().__init__(type(cause).__name__)
        self.cause = cause
        self.may_have_arrived = may_have_arrived


class AnswerTooLarge(OSError):  # noqa: N818 says what it is
    """More came back than was asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """
    What is asked of whom; what is secret in it is never shown.

    An address that somebody typed is called with the `named` hosts that are meant for such, and
    not with those that an administrator named for connectors.
    """

    method: str
    url: str = field(repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    body: bytes | None = field(default=None, repr=False)
    seconds: float = WHOLE_SECONDS
    longest: int = LONGEST_ANSWER_BYTES
    named: frozenset[str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back; a redirect is an answer like any other."""

    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)


def call(wanted: Call) -> Answer:
    """
    Call and wait for the answer.

    Raises:
        CallFailed: there was none.
    """
    try:
        place = place_of(wanted.url, named=wanted.named)
    except OSError as nowhere:
        raise CallFailed(nowhere, may_have_arrived=False) from nowhere
    watch = Watch()
    line = _Line(place, watch)
    has_left = False
    try:
        with watch.limit(wanted.seconds):
            line.connect()
            has_left = True
            line.request(wanted.method, place.path, body=wanted.body, headers=dict(wanted.headers))
            return _answer(line.getresponse(), longest=wanted.longest)
    except (OSError, http.client.HTTPException, ValueError) as failed:
        cause = failed if isinstance(failed, OSError) else ConnectionError(type(failed).__name__)
        if watch.has_cut:
            cause = TimeoutError("no answer in time")
        raise CallFailed(cause, may_have_arrived=has_left) from failed
    finally:
        line.close()
        watch.close()


class _Line(http.client.HTTPConnection):
    """A connection to the first address of a place that answers."""

    def __init__(self, place: Place, watch: Watch) -> None:
        super().__init__(place.host, place.port, timeout=CONNECT_SECONDS)
        self.default_port = 443 if place.is_secure else 80
        self._place = place
        self._watch = watch

    def connect(self) -> None:
        """Connect to the addresses found before, and to no others."""
        last: OSError = OSError("no address")
        for address in self._place.addresses:
            try:
                line = socket.create_connection((address, self._place.port), CONNECT_SECONDS)
            except OSError as failed:
                last = failed
                continue
            self._watch.over(line)
            # What an answer takes is limited as a whole: long polling waits for its next byte.
            line.settimeout(None)
            self.sock = _wrapped(line, self._place) if self._place.is_secure else line
            return
        raise last


def _wrapped(line: socket.socket, place: Place) -> ssl.SSLSocket:
    try:
        return _trust().wrap_socket(line, server_hostname=place.host)
    except OSError:
        line.close()
        raise


@lru_cache(maxsize=1)
def _trust() -> ssl.SSLContext:
    """The authorities of the system, and those that the configuration adds."""
    context = ssl.create_default_context()
    if settings.EGRESS_AUTHORITIES:
        context.load_verify_locations(cafile=settings.EGRESS_AUTHORITIES)
    return context


def _answer(got: http.client.HTTPResponse, *, longest: int) -> Answer:
    body = got.read(longest + 1)
    if len(body) > longest:
        raise AnswerTooLarge("the answer is too large")
    headers = {name.lower(): value for name, value in got.getheaders()}
    return Answer(status=got.status, headers=headers, body=body)
