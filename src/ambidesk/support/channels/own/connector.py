"""The connector of own channels: signed JSON both ways. Source: Standard Webhooks 1.0."""

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from ambidesk.ground.egress.calling import Answer, Call
from ambidesk.support.channels.contract.calling import called
from ambidesk.support.channels.contract.connector import Access, Profile
from ambidesk.support.channels.contract.documents import document_of
from ambidesk.support.channels.contract.failure import Failure, refused, retry_after
from ambidesk.support.channels.contract.inbound import (
    Event,
    FileRef,
    HookCall,
    Item,
    Poll,
    Pressed,
    Unsigned,
)
from ambidesk.support.channels.contract.manifest import Manifest
from ambidesk.support.channels.contract.outbound import Fetched, Piece
from ambidesk.support.channels.own.manifest import MANIFEST
from ambidesk.support.channels.own.reading import item_of, spoken_in
from ambidesk.support.conversations.models import Trouble
from ambidesk.support.webhooks.signing import headers, is_secret, is_signed

TOO_MANY, WRONG_SECRET = 429, frozenset({401, 403})


class Own:
    """One kind of channel."""

    @property
    def manifest(self) -> Manifest:
        """What it can do and needs."""
        return MANIFEST

    def probe(self, access: Access) -> Profile:
        """Call the program once, to see that it knows the secret."""
        _told(access, "test", {"type": "channel.test", "data": {}}, seconds=10.0)
        return Profile(address=access.values["address"], name="")

    def listen(self, access: Access, url: str) -> None:
        """The program is told the address by whoever wrote it."""

    def unpack(self, call: HookCall, access: Access) -> Sequence[Item]:
        """Check the signature; one call is one message."""
        at = datetime.now(UTC)
        if not is_signed(access.values["secret"], call.headers, body=call.body, at=at):
            raise Unsigned
        now_ms = int(at.timestamp() * 1000)
        return [item_of(document_of(call.body), address=access.address, now_ms=now_ms)]

    def poll(self, access: Access, marker: str) -> Poll:  # noqa: ARG002 of the contract
        """It calls by itself."""
        return Poll(items=(), marker=marker)

    def read(self, raw: bytes) -> Event:
        """Read a message."""
        return spoken_in(raw)

    def fetch(self, file: FileRef, access: Access) -> Fetched:  # noqa: ARG002 of the contract
        """Take the file out of the message."""
        try:
            return Fetched(content=b64decode(file.handle, validate=True), name=file.name)
        except ValueError as broken:
            raise refused(Trouble.OTHER) from broken

    def send(self, piece: Piece, access: Access) -> str:
        """Call the program with a piece; it may give it a name."""
        answer = _told(access, piece.key, {"type": "message", "data": _data(piece)}, seconds=20.0)
        try:
            named = json.loads(answer.body).get("id", "")
        except (ValueError, AttributeError):
            named = ""
        return str(named)[:200] or piece.key

    def find(self, piece: Piece, access: Access, *, since: datetime) -> str | None:  # noqa: ARG002 of the contract
        """It is sent again under the same id, by which the program knows it."""
        return None

    def heed(self, pressed: Pressed, access: Access, *, words: str) -> None:
        """Nothing waits there."""

    def link(self, access: Access, token: str) -> str:  # noqa: ARG002 of the contract
        """There is no address by which a talk begins."""
        return ""


def _data(piece: Piece) -> dict[str, Any]:
    file = piece.file
    return {
        "id": piece.key,
        "to": piece.to.partition(":")[2].partition(":")[2],
        "text": piece.text,
        "after": piece.after.partition(":")[2],
        "buttons": [
            {"label": each.label, "value": each.value, "url": each.url} for each in piece.buttons
        ],
        "file": None
        if file is None
        else {
            "name": file.name,
            "content_type": file.content_type,
            "content": b64encode(file.content).decode(),
        },
    }


def _told(access: Access, key: str, said: Mapping[str, Any], *, seconds: float) -> Answer:
    secret = access.values.get("secret", "")
    if not is_secret(secret):
        raise Failure(Trouble.TOKEN_REFUSED)
    body = json.dumps(said, ensure_ascii=False).encode()
    signed = headers([secret], message_id=f"msg_{key}", at=datetime.now(UTC), body=body)
    wanted = Call(
        method="POST",
        url=access.values["url"],
        headers={"Content-Type": "application/json", **signed},
        body=body,
        seconds=seconds,
    )
    answer = called(wanted)
    _require_taken(answer)
    return answer


def _require_taken(answer: Answer) -> None:
    status = answer.status
    if 200 <= status < 300:
        return
    if status in WRONG_SECRET:
        raise Failure(Trouble.TOKEN_REFUSED, said=str(status))
    if status == TOO_MANY:
        wait = answer.headers.get("retry-after", "")
        raise retry_after(float(wait) if wait.isdecimal() else 30.0, said=str(status))
    if 400 <= status < 500:
        raise refused(Trouble.REJECTED, said=str(status))
    raise retry_after(20.0, said=str(status))
