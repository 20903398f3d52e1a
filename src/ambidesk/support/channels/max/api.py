"""Methods of MAX's Bot API, and what its errors mean. Source: dev.max.ru/docs-api."""

import json
import re
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlencode

from ambidesk.ground.egress.calling import Answer, Call, CallFailed, call
from ambidesk.ground.egress.forms import Enclosed, document, form
from ambidesk.support.channels.contract.calling import called
from ambidesk.support.channels.contract.connector import Access
from ambidesk.support.channels.contract.failure import Failure, refused, retry_after
from ambidesk.support.channels.contract.outbound import OutFile
from ambidesk.support.channels.contract.troubles import trouble_of
from ambidesk.support.channels.max.manifest import SERVER
from ambidesk.support.conversations.models import Trouble

TOKEN: Final = re.compile(r"[A-Za-z0-9_.\-]{10,500}")
NOT_READY: Final = "attachment.not.ready"
NOT_READY_SECONDS: Final = 2.0
OF_MESSAGE: Final = {403: Trouble.BLOCKED, 404: Trouble.BLOCKED, 413: Trouble.TOO_LARGE}
Told = Mapping[str, Any]


def ask(
    access: Access,
    method: str,
    *,
    query: Mapping[str, object] | None = None,
    body: Mapping[str, Any] | None = None,
    seconds: float = 30.0,
) -> Any:
    """
    Call a method, such as "GET /me"; return what it answers.

    Raises:
        Failure: it was refused, or there was no answer.
    """
    verb, _space, path = method.partition(" ")
    asked = {name: str(value) for name, value in (query or {}).items() if value is not None}
    url = f"{_server(access)}{path}" + (f"?{urlencode(asked)}" if asked else "")
    headers = {"Authorization": _token(access), "Accept": "application/json"}
    content = document(body) if body is not None else None
    if content is not None:
        headers["Content-Type"] = "application/json"
    wanted = Call(method=verb, url=url, headers=headers, body=content, seconds=seconds)
    return _result(called(wanted))


def upload(access: Access, file: OutFile) -> dict[str, Any]:
    """
    Bring a file to the messenger: ask for an address, then send it there. Return the attachment.

    Raises:
        Failure: it does not take it.
    """
    kind = "image" if file.is_picture else "file"
    place = ask(access, "POST /uploads", query={"type": kind})
    enclosed = Enclosed(
        part="data",
        name=file.name or "file",
        content_type=file.content_type,
        content=file.content,
    )
    body, content_type = form({}, [enclosed])
    headers = {"Content-Type": content_type, "Authorization": _token(access)}
    wanted = Call(method="POST", url=str(place["url"]), headers=headers, body=body, seconds=90.0)
    try:
        told = _result(called(wanted))
    except Failure as failure:
        # Nothing was said yet: whatever became of the file, it may be brought again.
        failure.is_unknown = False
        raise
    payload = {"photos": told["photos"]} if "photos" in told else {"token": told["token"]}
    return {"type": kind, "payload": payload}


def download(url: str, *, longest: int) -> bytes:
    """
    Fetch a file from the address that came with its message.

    Raises:
        Failure: it does not come.
    """
    try:
        answer = call(Call(method="GET", url=url, longest=longest))
    except CallFailed as failed:
        raise Failure(trouble_of(failed.cause)) from failed
    if answer.status != 200:
        raise Failure(Trouble.OTHER, said=str(answer.status))
    return answer.body


def _result(answer: Answer) -> Any:
    try:
        told = json.loads(answer.body)
    except ValueError:
        told = None
    if answer.status == 200 and isinstance(told, dict):
        return told
    raise _failure(answer, told if isinstance(told, dict) else {})


def _failure(answer: Answer, told: Told) -> Failure:
    code, status = str(told.get("code", "")), answer.status
    said = f"{status} {code} {told.get('message', '')}"[:300]
    if code == NOT_READY:
        return retry_after(NOT_READY_SECONDS, said=said, for_all=False)
    if status == 429:
        return retry_after(_seconds(answer), said=said)
    if status == 401 or code == "verify.token":
        return Failure(Trouble.TOKEN_REFUSED, said=said)
    if status >= 500:
        failure = Failure(Trouble.BUSY, said=said)
        failure.is_for_all = True
        return failure
    if not told:
        return Failure(Trouble.OTHER_PROTOCOL, said=said)
    return refused(OF_MESSAGE.get(status, Trouble.REJECTED), said=said)


def _seconds(answer: Answer) -> float:
    given = answer.headers.get("retry-after", "")
    return float(given) if given.isdecimal() else 1.0


def _server(access: Access) -> str:
    return (access.values.get("server") or SERVER).rstrip("/")


def _token(access: Access) -> str:
    token = access.values.get("token", "")
    if not TOKEN.fullmatch(token):
        raise Failure(Trouble.TOKEN_REFUSED)
    return token
