"""
The connector of UIS and CoMagic.

Source: UIS, HTTP notifications (address and text are written there; nothing is signed) and Call
API 4.0 (JSON-RPC). So the text carries the channel's secret, which an administrator pastes there.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from hmac import compare_digest
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from ambidesk.ground.egress.calling import Call
from ambidesk.support.channels.contract.calling import called as asked
from ambidesk.support.channels.contract.connector import Access, Profile
from ambidesk.support.channels.contract.documents import document_of, instant_of
from ambidesk.support.channels.contract.failure import Failure, refused
from ambidesk.support.channels.contract.inbound import (
    Called,
    Event,
    FileRef,
    HookCall,
    Ignored,
    Item,
    Phase,
    Unreadable,
    Unsigned,
)
from ambidesk.support.channels.contract.manifest import Manifest, Setting
from ambidesk.support.channels.contract.outbound import Fetched
from ambidesk.support.conversations.models import Trouble
from ambidesk.support.telephony.line import Line, Wish, number_of, telephone

SERVER: Final = "https://callapi.uiscom.ru/v4.0"
LONGEST_RECORDING: Final = 50 * 1024 * 1024
PHASES: Final = {
    "incoming": Phase.RINGING,
    "answered": Phase.ANSWERED,
    "finished": Phase.ENDED,
    "recorded": Phase.RECORDED,
}
MANIFEST: Final[Manifest] = telephone(
    "uis",
    _("UIS, CoMagic"),
    Setting(
        name="secret",
        label=_("Word in the text of notifications"),
        help=_("A long random word; it stands there as “secret”."),
        secret=True,
    ),
    Setting(name="token", label=_("Token of the Call API"), secret=True),
    Setting(name="number", label=_("Virtual number to call from")),
    Setting(name="server", label=_("Server"), required=False, initial=SERVER),
)


class Uis(Line):
    """One kind of channel."""

    @property
    def manifest(self) -> Manifest:
        """What it can do and needs."""
        return MANIFEST

    def probe(self, access: Access) -> Profile:
        """Ask for calls under way, which needs the token and changes nothing."""
        _ask(access, "list.calls", {})
        return Profile(address=access.values["number"], name="")

    def unpack(self, call: HookCall, access: Access) -> Sequence[Item]:
        """Check the word, and keep the rest."""
        told = document_of(call.body)
        given = str(told.pop("secret", ""))
        if not compare_digest(given.encode(), access.values["secret"].encode()):
            raise Unsigned
        if "at" not in told:
            told["at"] = str(int(datetime.now(UTC).timestamp()))
        key = f"{told.get('call_session_id', '')}:{told.get('event', '')}"
        number = number_of(told.get("contact_phone_number"))
        return [Item(key=key, raw=json.dumps(told).encode(), sender=number)]

    def read(self, raw: bytes) -> Event:
        """Read a notification."""
        told = document_of(raw)
        phase = PHASES.get(str(told.get("event", "")))
        if phase is None:
            return Ignored(why="other")
        ends, link = phase is Phase.ENDED, str(told.get("file_link", ""))
        return Called(
            call=str(told["call_session_id"]),
            phase=phase,
            is_outgoing=str(told.get("direction", "in")) == "out",
            number=number_of(told.get("contact_phone_number")),
            line=str(told.get("virtual_phone_number", ""))[:40],
            extension=str(told.get("extension", "")),
            happened_at=instant_of(told["at"]),
            was_answered=_is_yes(told.get("is_answered")) if ends else None,
            recording=FileRef(handle=link, name="call") if phase is Phase.RECORDED else None,
        )

    def fetch(self, file: FileRef, access: Access) -> Fetched:  # noqa: ARG002 the contract
        """Fetch a recording from its address."""
        answer = asked(Call(method="GET", url=file.handle, longest=LONGEST_RECORDING))
        if answer.status != 200:
            raise Failure(Trouble.OTHER, said=str(answer.status))
        return Fetched(content=answer.body)

    def dial(self, wish: Wish, access: Access) -> None:
        """Have the colleague's telephone ring, then the number."""
        _ask(
            access,
            "start.employee_call",
            {
                "first_call": "employee",
                "virtual_phone_number": access.values["number"],
                "contact": wish.number.lstrip("+"),
                "employee": {"phone_number": wish.extension},
                "external_id": wish.key,
            },
        )


def _ask(access: Access, method: str, params: Mapping[str, object]) -> dict[str, Any]:
    body = {
        "jsonrpc": "2.0",
        "id": "desk",
        "method": method,
        "params": {"access_token": access.values["token"], **params},
    }
    wanted = Call(
        method="POST",
        url=access.values.get("server") or SERVER,
        headers={"Content-Type": "application/json"},
        body=json.dumps(body).encode(),
    )
    answer = asked(wanted)
    try:
        told = document_of(answer.body)
    except Unreadable as odd:
        raise Failure(Trouble.OTHER, said=str(answer.status)) from odd
    if error := told.get("error"):
        said = str(error.get("message", "") if isinstance(error, dict) else error)[:200]
        if "token" in said.lower():
            raise Failure(Trouble.TOKEN_REFUSED, said=said)
        raise refused(Trouble.REJECTED, said=said)
    return told


def _is_yes(given: object) -> bool:
    return str(given).strip().lower() in {"1", "true", "yes"}
