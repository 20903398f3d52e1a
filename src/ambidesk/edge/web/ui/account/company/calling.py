"""Calling a provider: what allauth asks by `requests` goes through the desk's one way out."""

from http import HTTPStatus
from typing import Any

import requests
from requests.adapters import BaseAdapter
from requests.models import PreparedRequest
from requests.structures import CaseInsensitiveDict

from ambidesk.ground.egress.calling import Call, CallFailed, call

LONGEST_BYTES = 512 * 1024
SECONDS = 10.0


class Egress(BaseAdapter):
    """Pinned addresses of the public internet, no redirects, limits in time and size."""

    def send(self, request: PreparedRequest, *_given: Any, **_more: Any) -> requests.Response:
        """Make the call."""
        body = request.body.encode() if isinstance(request.body, str) else request.body
        wanted = Call(
            method=str(request.method),
            url=str(request.url),
            headers={str(name): str(value) for name, value in request.headers.items()},
            body=body if isinstance(body, bytes) else None,
            seconds=SECONDS,
            longest=LONGEST_BYTES,
        )
        try:
            answer = call(wanted)
        except CallFailed as failed:
            raise requests.ConnectionError(str(failed)) from failed
        response = requests.Response()
        response.status_code = int(answer.status)
        response.headers = CaseInsensitiveDict(answer.headers)
        response._content = answer.body  # noqa: SLF001 how the library fills it, too
        response.url, response.request = str(request.url), request
        if HTTPStatus.MULTIPLE_CHOICES <= answer.status < HTTPStatus.BAD_REQUEST:
            raise requests.TooManyRedirects("no redirects")
        return response

    def close(self) -> None:
        """Nothing is kept open."""


def session() -> requests.Session:
    """A session that knows no other way out, nor the proxies and passwords of the machine."""
    made = requests.Session()
    made.trust_env = False
    made.mount("https://", Egress())
    made.mount("http://", Egress())
    return made
