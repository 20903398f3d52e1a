"""Methods of the Bot API, and what its errors mean. Source: core.telegram.org/bots/api."""

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any, Final
from urllib.parse import quote

from ambidesk.ground.egress.calling import Call, CallFailed, call
from ambidesk.ground.egress.forms import Enclosed, document, form
from ambidesk.support.channels.contract.calling import called
from ambidesk.support.channels.contract.connector import Access
from ambidesk.support.channels.contract.failure import Failure, refused, retry_after
from ambidesk.support.channels.contract.troubles import trouble_of
from ambidesk.support.channels.telegram.manifest import SERVER
from ambidesk.support.conversations.models import Trouble

TOKEN: Final = re.compile(r"\d{1,20}:[A-Za-z0-9_-]{20,100}")
Parameters = Mapping[str, Any]
# The words by which a chat that never was, or is over, shows in an error 400.
TOO_MANY: Final = 429
OF_CHANNEL: Final = {
    401: Trouble.TOKEN_REFUSED,
    404: Trouble.TOKEN_REFUSED,
    409: Trouble.HOOK_TAKEN,
}
OF_MESSAGE: Final = {403: Trouble.BLOCKED, 413: Trouble.TOO_LARGE}
NO_CHAT: Final = ("chat not found", "user not found", "peer_id_invalid", "user is deactivated")


def ask(
    access: Access,
    method: str,
    *,
    files: Sequence[Enclosed] = (),
    seconds: float = 30.0,
    **parameters: Any,
) -> Any:
    """
    Call a method; return its result.

    Raises:
        Failure: it was refused, or there was no answer.
    """
    url = f"{_server(access)}/bot{_token(access)}/{method}"
    given = {name: value for name, value in parameters.items() if value is not None}
    if files:
        fields = {name: _field(value) for name, value in given.items()}
        body, content_type = form(fields, files)
    else:
        body, content_type = document(given), "application/json"
    headers = {"Content-Type": content_type, "Accept": "application/json"}
    answer = called(Call(method="POST", url=url, headers=headers, body=body, seconds=seconds))
    return _result(answer.status, answer.body)


def download(access: Access, path: str, *, longest: int) -> bytes:
    """
    Fetch a file by the path that getFile gave.

    Raises:
        Failure: it does not come.
    """
    url = f"{_server(access)}/file/bot{_token(access)}/{quote(path)}"
    try:
        answer = call(Call(method="GET", url=url, longest=longest))
    except CallFailed as failed:
        raise Failure(trouble_of(failed.cause)) from failed
    if answer.status != 200:
        raise Failure(Trouble.OTHER, said=str(answer.status))
    return answer.body


def bot_of(access: Access) -> str:
    """The number of the bot, which is the beginning of its token."""
    return _token(access).partition(":")[0]


def _result(status: int, body: bytes) -> Any:
    try:
        told = json.loads(body)
    except ValueError:
        told = None
    if not isinstance(told, dict):
        if status >= 500:
            raise _later("")
        raise Failure(Trouble.OTHER_PROTOCOL)
    if told.get("ok") is True:
        return told.get("result")
    raise _failure(int(told.get("error_code") or status), told)


def _failure(code: int, told: Mapping[str, Any]) -> Failure:
    said = f"{code} {told.get('description', '')}"[:300]
    if code == TOO_MANY:
        wait = (told.get("parameters") or {}).get("retry_after", 1)
        return retry_after(float(wait), said=said)
    if code in OF_CHANNEL:
        return Failure(OF_CHANNEL[code], said=said)
    if code >= 500:
        return _later(said)
    has_no_chat = any(words in said.lower() for words in NO_CHAT)
    trouble = Trouble.BLOCKED if has_no_chat else OF_MESSAGE.get(code, Trouble.REJECTED)
    return refused(trouble, said=said)


def _later(said: str) -> Failure:
    """The messenger is in difficulties itself: no other message would fare better."""
    failure = Failure(Trouble.BUSY, said=said)
    failure.is_for_all = True
    return failure


def _server(access: Access) -> str:
    return (access.values.get("server") or SERVER).rstrip("/")


def _token(access: Access) -> str:
    token = access.values.get("token", "")
    if not TOKEN.fullmatch(token):
        raise Failure(Trouble.TOKEN_REFUSED)
    return token


def _field(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
