"""Streaming: who may listen to which topics, and the application that holds hub and pages."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping, MutableMapping
from datetime import UTC, datetime
from importlib import import_module
from time import monotonic
from typing import Any, cast

import psycopg
import structlog
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.db import DatabaseError, close_old_connections, connection
from django.utils.crypto import constant_time_compare

from ambidesk.across.insight.recounting import TOPIC as INSIGHT
from ambidesk.across.insight.rights import InsightRight
from ambidesk.ground.kernel.realtime.hub import Hub
from ambidesk.ground.kernel.realtime.listening import listen
from ambidesk.ground.kernel.realtime.stream import Admission, Asked, Stream
from ambidesk.ground.reach.actor import Actor
from ambidesk.ground.reach.models import User
from ambidesk.ground.reach.rights import ReachRight
from ambidesk.parties.authority.entering import entering
from ambidesk.support.channels.widget.manner import Manner
from ambidesk.support.channels.widget.presence import Moves, Register, presence_topic, tell
from ambidesk.support.channels.widget.speaking import last_ticket
from ambidesk.support.channels.widget.typing import typing_topic
from ambidesk.support.channels.widget.visiting import recognise
from ambidesk.support.conversations.rights import ChannelRight
from ambidesk.support.incidents.rights import IncidentRight
from ambidesk.support.incidents.topic import TOPIC as INCIDENTS
from ambidesk.support.incidents.topic import banner_topic
from ambidesk.support.routing import attendance
from ambidesk.support.routing.rights import RoutingRight
from ambidesk.support.telephony.taking import TOPIC as CALLS
from ambidesk.support.tickets.models import Ticket
from ambidesk.support.tickets.reach import places_of, served_brands
from ambidesk.support.tickets.rights import TicketRight

log = structlog.get_logger(__name__)
# A browser has one, and another one while a tab hands over to the next.
STREAMS_A_VISITOR = 4
Scope = MutableMapping[str, Any]
Application = Callable[[Scope, Any, Any], Awaitable[None]]


def admit(asked: Asked) -> Admission | None:
    """Find the signed-in user of a stream and cut the topics to what they may hear."""
    close_old_connections()
    try:
        user = _user(asked.cookies)
        if user is None:
            return None
        actor = entering(user, at=datetime.now(UTC))
        return Admission(user=user.pk, topics=_allowed(actor, frozenset(asked.topics)))
    finally:
        close_old_connections()


def admit_visitor(asked: Asked) -> Admission | None:
    """Find the visitor of a stream by their token; they hear of their own talk, and only that."""
    close_old_connections()
    try:
        return _visitor(asked)
    finally:
        close_old_connections()


def desk_over(pages: Application) -> Application:
    """Put the stream before the pages; the hub lives as long as the process."""
    hub = Hub()
    stream, visitors = Stream(hub, admit), Stream(hub, admit_visitor)
    feeding: list[asyncio.Task[None]] = []

    async def application(scope: Scope, receive: Any, send: Any) -> None:
        if scope["type"] == "lifespan":
            await _lifespan(hub, feeding, receive, send)
        elif scope["type"] == "http" and scope["path"] == "/stream":
            await stream(scope, receive, send)
        elif _is_of_visitor(scope):
            await visitors(scope, receive, send)
        elif scope["type"] == "http":
            await pages(scope, _as_coroutine(receive), send)

    return application


def _is_of_visitor(scope: Scope) -> bool:
    if scope["type"] != "http" or scope["method"] != "GET":
        return False
    return bool(scope["path"].startswith("/widget/") and scope["path"].endswith("/stream"))


def _visitor(asked: Asked) -> Admission | None:
    key = asked.path.removeprefix("/widget/").removesuffix("/stream")
    scheme, _space, token = asked.headers.get("authorization", "").partition(" ")
    visitor = recognise(key, token, at=datetime.now(UTC)) if scheme == "Visitor" else None
    origin = asked.headers.get("origin", "")
    if visitor is None or not Manner.read(visitor.channel.settings).lets_in(origin):
        return None
    ticket = last_ticket(visitor)
    banner = banner_topic(visitor.channel.brand_id)
    topics = {f"visitor:{visitor.pk}", banner}
    if ticket:
        topics |= {f"ticket:{ticket.pk}", typing_topic(ticket.pk)}
    return Admission(
        user=-visitor.pk,
        topics=frozenset(topics),
        is_named=False,
        kinds={banner: "banner"},
        origin=origin,
        at_most=STREAMS_A_VISITOR,
    )


def _as_coroutine(receive: Any) -> Any:
    """Granian's own awaitable is no coroutine, and a2wsgi hands bodies over as coroutines only."""

    async def hear() -> Any:
        return await receive()

    return hear


async def _lifespan(hub: Hub, feeding: list["asyncio.Task[None]"], receive: Any, send: Any) -> None:
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            feeding.append(asyncio.create_task(listen(hub, _parameters())))
            feeding.append(asyncio.create_task(_report(hub)))
            await send({"type": "lifespan.startup.complete"})
        else:
            for task in feeding:
                task.cancel()
            hub.close()
            await send({"type": "lifespan.shutdown.complete"})
            return


async def _report(hub: Hub) -> None:
    """Say every few seconds who has the desk open, and who a site, each in one statement."""
    register = Register()
    while True:
        await asyncio.sleep(attendance.EVERY_SECONDS)
        # Visitors of sites are negative numbers: they attend to nothing.
        everybody = hub.users()
        users = [user for user in everybody if user > 0]
        here = {-each: _shown_on(hub.heard_by(each)) for each in everybody if each < 0}
        moves = register.take(here, now=monotonic())
        try:
            await asyncio.to_thread(attendance.report, users)
            await asyncio.to_thread(_tell_of_visitors, moves)
        except (psycopg.Error, DatabaseError) as fault:
            log.warning("attendance is not told: %s", fault)


def _shown_on(topics: Iterable[str]) -> str:
    """The topic of the screens that show a visitor's ticket; "" before there is one."""
    tickets = (each for each in topics if each.startswith("ticket:"))
    numbers = {each.split(":")[1] for each in tickets}
    return presence_topic(int(min(numbers))) if numbers else ""


def _tell_of_visitors(moves: Moves) -> None:
    close_old_connections()
    try:
        tell(moves, at=datetime.now(UTC))
    finally:
        close_old_connections()


def _parameters() -> dict[str, Any]:
    parameters = dict(connection.get_connection_params())
    for key in ("cursor_factory", "context", "prepare_threshold"):
        parameters.pop(key, None)
    return parameters


def _user(cookies: Mapping[str, str]) -> User | None:
    key = cookies.get(settings.SESSION_COOKIE_NAME)
    if not key:
        return None
    engine = import_module(settings.SESSION_ENGINE)
    session = cast("SessionBase", engine.SessionStore(key))
    if session.get(BACKEND_SESSION_KEY) not in settings.AUTHENTICATION_BACKENDS:
        return None
    user = User.objects.active().filter(pk=session.get(SESSION_KEY) or 0).first()
    if user is None:
        return None
    known = session.get(HASH_SESSION_KEY, "")
    return user if constant_time_compare(known, user.get_session_auth_hash()) else None


def _allowed(actor: Actor, topics: frozenset[str]) -> frozenset[str]:
    allowed = set()
    tickets = {t: t.split(":")[1] for t in topics if t.startswith("ticket:")}
    numbers = {number for number in tickets.values() if number.isdecimal() and len(number) < 18}
    seen = set(Ticket.objects.visible_to(actor).filter(pk__in=numbers).values_list("pk", flat=True))
    allowed |= {topic for topic, number in tickets.items() if number in {str(s) for s in seen}}
    allowed |= {topic for topic in topics if _may_hear(actor, topic)}
    return frozenset(allowed)


# Topics of the whole desk, each with the right that it needs.
NEEDED = {
    "problems": ChannelRight.SEE_PROBLEMS,
    INSIGHT: InsightRight.SEE,
    INCIDENTS: IncidentRight.DECIDE,
    CALLS: TicketRight.SEE,
}


def _may_hear(actor: Actor, topic: str) -> bool:
    if right := NEEDED.get(topic):
        return actor.may(right)
    if topic.startswith("queue:"):
        own = topic.removeprefix("queue:") in map(str, places_of(actor).teams)
        return own or actor.may(RoutingRight.LEAD)
    if topic.startswith("tickets:brand:"):
        if not actor.may(TicketRight.SEE):
            return False
        everything = actor.may(ReachRight.SEE_EVERYTHING)
        return everything or topic.removeprefix("tickets:brand:") in map(str, served_brands(actor))
    return topic == f"user:{actor.user_id}"
