"""
The connector of Asterisk: it listens to events of the manager, and begins calls by it.

A thread that asks keeps its connection from one question to the next: what happens between two
questions would be lost otherwise. After a new connection calls under way are asked for.
"""

import json
import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from django.utils.translation import gettext_lazy as _

from ambidesk.ground.egress.calling import Call
from ambidesk.support.channels.contract.calling import called as fetched
from ambidesk.support.channels.contract.connector import Access, Profile
from ambidesk.support.channels.contract.documents import document_of, instant_of
from ambidesk.support.channels.contract.failure import Failure, refused
from ambidesk.support.channels.contract.inbound import (
    Called,
    Event,
    FileRef,
    Item,
    Phase,
    Poll,
)
from ambidesk.support.channels.contract.manifest import Manifest, Setting, WayIn
from ambidesk.support.channels.contract.outbound import Fetched
from ambidesk.support.conversations.models import Trouble
from ambidesk.support.telephony.ami.wire import PORT, Block, Wire
from ambidesk.support.telephony.line import Line, Wish, number_of, telephone

WAIT_SECONDS: Final = 5.0
LONGEST_RECORDING: Final = 50 * 1024 * 1024
OK: Final = 200
# PJSIP/101-0000002a is the telephone of 101.
TECHNOLOGY: Final = re.compile(r"[^/]+/(?P<extension>[^-@]+)")
MANIFEST: Final[Manifest] = telephone(
    "asterisk",
    _("Asterisk"),
    Setting(name="host", label=_("Host"), help=_("As pbx.example.org or pbx.example.org:5038.")),
    Setting(name="user", label=_("User of the manager interface")),
    Setting(name="secret", label=_("Secret of the manager interface"), secret=True),
    Setting(
        name="contexts",
        label=_("Contexts in which calls come in"),
        initial="from-trunk, from-pstn",
    ),
    Setting(name="outgoing", label=_("Context of outgoing calls"), initial="from-internal"),
    Setting(name="technology", label=_("Technology of telephones"), initial="PJSIP"),
    Setting(
        name="recordings",
        label=_("Where recordings lie"),
        help=_("An address with {file} in it, over HTTPS. Without one they stay there."),
        required=False,
    ),
    way_in=WayIn.POLLING,
)


@dataclass(slots=True, kw_only=True)
class Session:
    """A connection, and the calls on it that concern the desk: that came in, or we asked for."""

    wire: Wire
    calls: set[str] = field(default_factory=set)


class Asterisk(Line):
    """One kind of channel."""

    def __init__(self) -> None:
        # The session of each asking thread; it closes when the thread is gone.
        self._kept = threading.local()

    @property
    def manifest(self) -> Manifest:
        """What it can do and needs."""
        return MANIFEST

    def probe(self, access: Access) -> Profile:
        """Sign in once."""
        _signed_in(access).close()
        return Profile(address=f"{access.values['user']}@{access.values['host']}", name="")

    def poll(self, access: Access, marker: str) -> Poll:
        """Wait for what happens in calls."""
        now = datetime.now(UTC).timestamp()
        session: Session | None = getattr(self._kept, "session", None)
        try:
            if session is None:
                session = self._kept.session = Session(wire=_signed_in(access))
                session.wire.act("CoreShowChannels", {})
            told = session.wire.hear(seconds=WAIT_SECONDS)
        except Failure:
            if session is not None:
                session.wire.close()
            self._kept.session = None
            raise
        items = [item for block in told if (item := _item(block, session, access.values, now=now))]
        return Poll(items=tuple(items), marker=marker)

    def read(self, raw: bytes) -> Event:
        """Read what was kept of an event."""
        told = document_of(raw)
        phase = Phase(str(told["phase"]))
        file = str(told.get("file", ""))
        return Called(
            call=str(told["call"]),
            phase=phase,
            is_outgoing=told.get("out") == "1",
            number=number_of(told.get("number")),
            line=str(told.get("line", ""))[:40],
            extension=str(told.get("extension", "")),
            happened_at=instant_of(told["at_ms"], per_second=1000),
            recording=FileRef(handle=file, name="call") if file else None,
        )

    def fetch(self, file: FileRef, access: Access) -> Fetched:
        """Fetch a recording from where it lies."""
        place = access.values.get("recordings", "")
        name = file.handle.rpartition("/")[2]
        if "{file}" not in place or not re.fullmatch(r"[\w.-]{1,200}", name):
            raise refused(Trouble.REJECTED)
        wanted = Call(method="GET", url=place.replace("{file}", name), longest=LONGEST_RECORDING)
        answer = fetched(wanted)
        if answer.status != OK:
            raise Failure(Trouble.OTHER, said=str(answer.status))
        return Fetched(content=answer.body, name=name)

    def dial(self, wish: Wish, access: Access) -> None:
        """Have the telephone of the colleague ring, then the number."""
        values = access.values
        wire = _signed_in(access)
        try:
            said = wire.act(
                "Originate",
                {
                    "Channel": f"{values.get('technology') or 'PJSIP'}/{wish.extension}",
                    "Context": values.get("outgoing") or "from-internal",
                    "Exten": wish.number.lstrip("+"),
                    "Priority": "1",
                    "CallerID": wish.number,
                    "Async": "true",
                    "Variable": f"DESK_DIAL={wish.key}",
                },
            )
        finally:
            wire.close()
        if said.get("Response") != "Success":
            raise refused(Trouble.REJECTED, said=said.get("Message", "")[:200])


def _signed_in(access: Access) -> Wire:
    host, _colon, port = access.values["host"].strip().rpartition(":")
    if not host or not port.isdecimal():
        host, port = access.values["host"].strip(), str(PORT)
    wire = Wire(host, int(port))
    try:
        wire.greet()
        _sign_in(wire, access.values)
    except TimeoutError as silent:
        wire.close()
        raise Failure(Trouble.TIMED_OUT) from silent
    except Failure:
        wire.close()
        raise
    return wire


def _sign_in(wire: Wire, values: Mapping[str, str]) -> None:
    said = wire.act("Login", {"Username": values["user"], "Secret": values["secret"]})
    if said.get("Response") != "Success":
        raise Failure(Trouble.TOKEN_REFUSED, said=said.get("Message", "")[:200])


def _item(block: Block, session: Session, values: Mapping[str, str], *, now: float) -> Item | None:
    """Keep what happened in a call of the desk's; all else of the exchange is not for it."""
    call, contexts = block.get("Linkedid", ""), values.get("contexts", "").split(",")
    told = _begun(block, {each.strip() for each in contexts})
    if told:
        session.calls.add(call)
    elif call in session.calls:
        told = _gone_on(block)
    if told is None:
        return None
    if told["phase"] == Phase.ENDED.value:
        session.calls.discard(call)
    kept = {"call": call, "at_ms": str(int(now * 1000)), **told}
    key = f"{call}:{told['phase']}"
    return Item(key=key, raw=json.dumps(kept).encode(), sender=number_of(told.get("number")))


def _begun(block: Block, contexts: set[str]) -> dict[str, str] | None:
    """The beginning of a call that came in, or of one that was asked for here."""
    event, linked = block.get("Event", ""), block.get("Linkedid", "")
    is_first = bool(linked) and block.get("Uniqueid") == linked
    number = {"phase": Phase.RINGING.value, "number": block.get("CallerIDNum", "")}
    begins = event in {"Newchannel", "CoreShowChannel"} and block.get("Context", "") in contexts
    if is_first and begins:
        return {**number, "line": block.get("Exten", "")}
    if is_first and event == "VarSet" and block.get("Variable") == "DESK_DIAL":
        return {**number, "out": "1"}
    return None


def _gone_on(block: Block) -> dict[str, str] | None:
    match block.get("Event", ""):
        case "DialEnd" if block.get("DialStatus") == "ANSWER":
            found = TECHNOLOGY.match(block.get("DestChannel", ""))
            extension = found["extension"] if found else ""
            return {"phase": Phase.ANSWERED.value, "extension": extension}
        case "Hangup" if block.get("Uniqueid") == block.get("Linkedid"):
            return {"phase": Phase.ENDED.value}
        case "VarSet" if block.get("Variable") == "MIXMONITOR_FILENAME":
            return {"phase": Phase.RECORDED.value, "file": block.get("Value", "")}
    return None
