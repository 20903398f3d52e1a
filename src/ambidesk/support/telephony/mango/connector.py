"""
The connector of Mango Office's virtual exchange.

Source: Mango Office VPBX API 1.9: a form of vpbx_api_key, sign and json; sign is the SHA-256 of
key + json + salt, both ways. Events: call, summary, recording.
"""

import json
from collections.abc import Mapping, Sequence
from hashlib import sha256
from hmac import compare_digest
from typing import Any, Final
from urllib.parse import parse_qs, urlencode

from django.utils.translation import gettext_lazy as _

from ambidesk.ground.egress.calling import Answer, Call
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

SERVER: Final = "https://app.mango-office.ru/vpbx"
MOST_FIELDS: Final = 10
LONGEST_RECORDING: Final = 50 * 1024 * 1024
DONE: Final = 1000
INCOMING, OUTGOING = 1, 2
MANIFEST: Final[Manifest] = telephone(
    "mango",
    _("Mango Office"),
    Setting(name="key", label=_("Unique code of your exchange")),
    Setting(name="salt", label=_("Key to create the signature"), secret=True),
    Setting(name="server", label=_("Server"), required=False, initial=SERVER),
)


class Mango(Line):
    """One kind of channel."""

    @property
    def manifest(self) -> Manifest:
        """What it can do and needs."""
        return MANIFEST

    def probe(self, access: Access) -> Profile:
        """Ask for the balance, which needs the signature and changes nothing."""
        _ask(access, "account/balance", {})
        return Profile(address=access.values["key"], name="")

    def unpack(self, call: HookCall, access: Access) -> Sequence[Item]:
        """Check the signature over the text as it came."""
        try:
            form = parse_qs(call.body.decode(), max_num_fields=MOST_FIELDS)
        except (UnicodeError, ValueError) as odd:
            raise Unreadable from odd
        key, sign, text = (form.get(name, [""])[0] for name in ("vpbx_api_key", "sign", "json"))
        due = _sign(access.values, text)
        is_ours = compare_digest(key.encode(), access.values["key"].encode())
        if not compare_digest(sign.lower().encode(), due.encode()) or not is_ours:
            raise Unsigned
        told = document_of(text.encode())
        return [Item(key=_key(told), raw=text.encode(), sender=_number(told))]

    def read(self, raw: bytes) -> Event:
        """Read an event by what it says."""
        told = document_of(raw)
        if "recording_id" in told:
            return _recorded(told)
        if "entry_result" in told:
            return _summed(told)
        if "call_state" in told:
            return _called(told)
        return Ignored(why="other")

    def fetch(self, file: FileRef, access: Access) -> Fetched:
        """Ask for the address of a recording, and fetch it from there."""
        answer = _ask(
            access, "queries/recording/post", {"recording_id": file.handle, "action": "download"}
        )
        place = answer.headers.get("location", "")
        if place:
            answer = asked(Call(method="GET", url=place, longest=LONGEST_RECORDING))
        if answer.status != 200:
            raise Failure(Trouble.OTHER, said=str(answer.status))
        return Fetched(content=answer.body)

    def dial(self, wish: Wish, access: Access) -> None:
        """Have the colleague's telephone ring, then the number."""
        said = _ask(
            access,
            "commands/callback",
            {
                "command_id": wish.key,
                "from": {"extension": wish.extension},
                "to_number": wish.number.lstrip("+"),
            },
        )
        result = document_or_empty(said.body).get("result")
        if result != DONE:
            raise refused(Trouble.REJECTED, said=str(result)[:40])


def document_or_empty(body: bytes) -> dict[str, Any]:
    """Read an answer, where it is one."""
    try:
        return document_of(body)
    except Unreadable:
        return {}


def _ask(access: Access, command: str, told: Mapping[str, object]) -> Answer:
    text = json.dumps(told, separators=(",", ":"))
    form = {"vpbx_api_key": access.values["key"], "sign": _sign(access.values, text), "json": text}
    server = (access.values.get("server") or SERVER).rstrip("/")
    wanted = Call(
        method="POST",
        url=f"{server}/{command}",
        headers={"Content-Type": "application/x-www-form-urlencoded"},
        body=urlencode(form).encode(),
        longest=LONGEST_RECORDING,
    )
    answer = asked(wanted)
    if answer.status in {401, 403}:
        raise Failure(Trouble.TOKEN_REFUSED, said=str(answer.status))
    if answer.status >= 400:
        raise Failure(Trouble.OTHER, said=str(answer.status))
    return answer


def _sign(values: Mapping[str, str], text: str) -> str:
    return sha256(f"{values['key']}{text}{values['salt']}".encode()).hexdigest()


def _key(told: Mapping[str, Any]) -> str:
    entry = str(told.get("entry_id", ""))
    if "recording_id" in told:
        return f"{entry}:recording:{told['recording_id']}"
    if "entry_result" in told:
        return f"{entry}:summary"
    return f"{told.get('call_id', entry)}:{told.get('call_state', '')}:{told.get('seq', '')}"


def _side(told: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    side = told.get(name)
    return side if isinstance(side, dict) else {}


def _is_outgoing(told: Mapping[str, Any]) -> bool:
    """Whoever calls from an extension is one of ours."""
    if "call_direction" in told:
        return bool(told["call_direction"] == OUTGOING)
    return bool(_side(told, "from").get("extension"))


def _number(told: Mapping[str, Any]) -> str:
    side = _side(told, "to" if _is_outgoing(told) else "from")
    return number_of(side.get("number"))


def _called(told: Mapping[str, Any]) -> Event:
    state = {"Appeared": Phase.RINGING, "Connected": Phase.ANSWERED}.get(str(told["call_state"]))
    # The end of one leg is not that of the call: the summary says it.
    if state is None:
        return Ignored(why="call-leg")
    is_outgoing = _is_outgoing(told)
    ours = _side(told, "from" if is_outgoing else "to")
    return Called(
        call=str(told["entry_id"]),
        phase=state,
        is_outgoing=is_outgoing,
        number=_number(told),
        line=str(_side(told, "to").get("line_number", ""))[:40],
        extension=str(ours.get("extension") or ""),
        happened_at=instant_of(told["timestamp"]),
    )


def _summed(told: Mapping[str, Any]) -> Called:
    is_outgoing = _is_outgoing(told)
    ours = _side(told, "from" if is_outgoing else "to")
    return Called(
        call=str(told["entry_id"]),
        phase=Phase.ENDED,
        is_outgoing=is_outgoing,
        number=_number(told),
        line=str(told.get("line_number", ""))[:40],
        extension=str(ours.get("extension") or ""),
        happened_at=instant_of(told["end_time"]),
        was_answered=str(told["entry_result"]) == "1",
    )


def _recorded(told: Mapping[str, Any]) -> Event:
    if str(told.get("recording_state")) != "Completed":
        return Ignored(why="recording-begun")
    return Called(
        call=str(told["entry_id"]),
        phase=Phase.RECORDED,
        is_outgoing=False,
        number="",
        happened_at=instant_of(told["timestamp"]),
        recording=FileRef(handle=str(told["recording_id"]), name="call"),
    )
