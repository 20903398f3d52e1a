"""
The connector of Novofon's exchange.

Source: Novofon API 1.0, as Zadarma's: notifications NOTIFY_*, signed by Base64 of the hexadecimal
HMAC-SHA1 of named fields; own calls carry `key:signature` over method, query and its MD5.
"""

from base64 import b64encode
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from hashlib import md5, sha1
from hmac import compare_digest
from hmac import new as hmac
from typing import Any, Final
from urllib.parse import parse_qs, urlencode
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from ambidesk.ground.egress.calling import Call
from ambidesk.support.channels.contract.calling import called as asked
from ambidesk.support.channels.contract.connector import Access, Profile
from ambidesk.support.channels.contract.documents import document_of
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

SERVER: Final = "https://api.novofon.com"
ZONE: Final = ZoneInfo("Europe/Moscow")
MOST_FIELDS: Final = 40
LONGEST_RECORDING: Final = 50 * 1024 * 1024
OUT: Final = ("internal", "destination", "call_start")
SIGNED: Final[Mapping[str, tuple[str, ...]]] = {
    "NOTIFY_START": ("caller_id", "called_did", "call_start"),
    "NOTIFY_INTERNAL": ("caller_id", "called_did", "call_start"),
    "NOTIFY_END": ("caller_id", "called_did", "call_start"),
    "NOTIFY_ANSWER": ("caller_id", "destination", "call_start"),
    "NOTIFY_OUT_START": OUT,
    "NOTIFY_OUT_END": OUT,
    "NOTIFY_RECORD": ("pbx_call_id", "call_id_with_rec"),
}
PHASES: Final = {
    "NOTIFY_START": Phase.RINGING,
    "NOTIFY_OUT_START": Phase.RINGING,
    "NOTIFY_ANSWER": Phase.ANSWERED,
    "NOTIFY_END": Phase.ENDED,
    "NOTIFY_OUT_END": Phase.ENDED,
    "NOTIFY_RECORD": Phase.RECORDED,
}
MANIFEST: Final[Manifest] = telephone(
    "novofon",
    _("Novofon"),
    Setting(name="key", label=_("Key of the API")),
    Setting(name="secret", label=_("Secret of the API"), secret=True),
    Setting(name="server", label=_("Server"), required=False, initial=SERVER),
)


class Novofon(Line):
    """One kind of channel."""

    @property
    def manifest(self) -> Manifest:
        """What it can do and needs."""
        return MANIFEST

    def probe(self, access: Access) -> Profile:
        """Ask for the balance, which needs the signature and changes nothing."""
        _ask(access, "/v1/info/balance/", {})
        return Profile(address=access.values["key"], name="")

    def unpack(self, call: HookCall, access: Access) -> Sequence[Item]:
        """Check the signature over the fields that the kind of notification names."""
        told = _form(call.body)
        names = SIGNED.get(told.get("event", ""))
        if names is None:
            raise Unsigned
        due = _sign(access.values["secret"], "".join(told.get(name, "") for name in names))
        if not compare_digest(call.headers.get("signature", "").encode(), due.encode()):
            raise Unsigned
        key = ":".join(
            (told.get("pbx_call_id", ""), told["event"], told.get("call_id_with_rec", ""))
        )
        return [Item(key=key, raw=call.body, sender=_number(told))]

    def read(self, raw: bytes) -> Event:
        """Read a notification."""
        told = _form(raw)
        phase = PHASES.get(told.get("event", ""))
        if phase is None:
            return Ignored(why="other")
        record = told.get("call_id_with_rec", "")
        is_recorded = phase is Phase.RECORDED and record
        ends = phase is Phase.ENDED
        return Called(
            call=told["pbx_call_id"],
            phase=phase,
            is_outgoing=told["event"].startswith("NOTIFY_OUT"),
            number=_number(told),
            line=told.get("called_did", "")[:40],
            extension=told.get("last_internal") or told.get("internal", ""),
            happened_at=_instant(told),
            was_answered=told.get("disposition") == "answered" if ends else None,
            recording=FileRef(handle=record, name="call") if is_recorded else None,
        )

    def fetch(self, file: FileRef, access: Access) -> Fetched:
        """Ask for the address of a recording, and fetch it from there."""
        told = _ask(access, "/v1/pbx/record/request/", {"call_id": file.handle})
        answer = asked(Call(method="GET", url=str(told.get("link", "")), longest=LONGEST_RECORDING))
        if answer.status != 200:
            raise Failure(Trouble.OTHER, said=str(answer.status))
        return Fetched(content=answer.body)

    def dial(self, wish: Wish, access: Access) -> None:
        """Have the colleague's telephone ring, then the number."""
        _ask(
            access,
            "/v1/request/callback/",
            {"from": wish.extension, "to": wish.number.lstrip("+"), "sip": wish.extension},
        )


def _ask(access: Access, method: str, query: Mapping[str, str]) -> dict[str, Any]:
    sent = urlencode(sorted(query.items()))
    digest = md5(sent.encode()).hexdigest()  # noqa: S324 as the exchange asks for it
    signature = _sign(access.values["secret"], f"{method}{sent}{digest}")
    server = (access.values.get("server") or SERVER).rstrip("/")
    wanted = Call(
        method="GET",
        url=f"{server}{method}?{sent}",
        headers={"Authorization": f"{access.values['key']}:{signature}"},
    )
    answer = asked(wanted)
    if answer.status in {401, 403}:
        raise Failure(Trouble.TOKEN_REFUSED, said=str(answer.status))
    try:
        told = document_of(answer.body)
    except Unreadable as odd:
        raise Failure(Trouble.OTHER, said=str(answer.status)) from odd
    if told.get("status") != "success":
        raise refused(Trouble.REJECTED, said=str(told.get("message", ""))[:200])
    return told


def _sign(secret: str, text: str) -> str:
    return b64encode(hmac(secret.encode(), text.encode(), sha1).hexdigest().encode()).decode()


def _form(raw: bytes) -> dict[str, str]:
    try:
        found = parse_qs(raw.decode(), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except (UnicodeError, ValueError) as odd:
        raise Unreadable from odd
    return {name: values[0] for name, values in found.items()}


def _number(told: Mapping[str, str]) -> str:
    is_outgoing = told.get("event", "").startswith("NOTIFY_OUT")
    return number_of(told.get("destination" if is_outgoing else "caller_id"))


def _instant(told: Mapping[str, str]) -> datetime:
    """The start of the call, in the exchange's zone; of a record nobody says it."""
    given = told.get("call_start", "")
    if not given:
        return datetime.now(UTC)
    try:
        return datetime.fromisoformat(given).replace(tzinfo=ZONE).astimezone(UTC)
    except ValueError as odd:
        raise Unreadable from odd
