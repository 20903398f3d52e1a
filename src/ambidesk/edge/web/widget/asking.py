"""What the script asks: the widget, a visit, the talk, and every word of it; one verb each."""

from typing import Any

from django.http import HttpResponse, JsonResponse

from ambidesk.edge.web.ui.answers import LONGEST, answers_shape
from ambidesk.edge.web.ui.readers import readers_ask
from ambidesk.edge.web.ui.requests import Request
from ambidesk.edge.web.ui.searches import suggested
from ambidesk.edge.web.widget.door import (
    HOUR,
    MINUTE,
    Limit,
    NotJson,
    TooFast,
    address_of,
    body_of,
    key_of,
    limit,
    limit_beginnings,
    of_site,
    of_visitor,
    text_of,
)
from ambidesk.edge.web.widget.moving import go_on
from ambidesk.edge.web.widget.shapes import (
    line_shape,
    mark_of,
    state_of,
    talk_shape,
    widget_shape,
)
from ambidesk.relation.feedback.models import Way
from ambidesk.relation.feedback.talking import Given, NothingToRate, rate_in_place
from ambidesk.support.channels.widget import presence, visiting
from ambidesk.support.channels.widget.models import Visitor
from ambidesk.support.channels.widget.proving import prove
from ambidesk.support.channels.widget.reading import read_up_to
from ambidesk.support.channels.widget.speaking import Said, last_ticket
from ambidesk.support.channels.widget.speaking import say as say_word
from ambidesk.support.channels.widget.talk import line_of, read_talk
from ambidesk.support.channels.widget.transcribing import transcribe
from ambidesk.support.channels.widget.typing import visitor_stops, visitor_types
from ambidesk.support.channels.widget.visiting import Guest, Page
from ambidesk.support.conversations.models import Channel


@of_site
def show(request: Request, channel: Channel) -> HttpResponse:
    """Tell a page what the widget looks like and whether somebody is there."""
    language = _language(request.GET.get("language", ""))
    return JsonResponse(widget_shape(channel, language=language, at=request.at))


@of_site
def begin(request: Request, channel: Channel) -> HttpResponse:
    """Let somebody begin; a whole office may stand behind one address."""
    body = body_of(request)
    proof, email = (text_of(body, name, longest=5000) for name in ("proof", "email"))
    limit_beginnings(channel, email, where=address_of(request))
    guest = Guest(
        name=text_of(body, "name", longest=200),
        email=email[:320],
        leaves_question=body.get("offline") is True,
        language=_language(text_of(body, "language", longest=5)),
        page=_page(body.get("page")),
        claims=prove(proof, channel=channel, at=request.at) if proof else None,
    )
    visitor, token = visiting.begin(channel, guest, at=request.at)
    talk = talk_shape(visitor, read_talk(visitor, at=request.at), at=request.at)
    until = visitor.proved_until
    told = {"token": token, "until": until.isoformat() if until else None, "talk": talk}
    return JsonResponse(told, status=201)


@of_site
def answer(request: Request, channel: Channel) -> HttpResponse:
    """Give articles that may answer what a visitor types before the first word is sent."""
    body = body_of(request)
    if suggested(request, channel.brand):
        raise TooFast
    language = _language(text_of(body, "language", longest=5))
    text = text_of(body, "text", longest=LONGEST)
    return JsonResponse({"answers": answers_shape(text, brand=channel.brand, language=language)})


@of_visitor
def leave(request: Request, visitor: Visitor) -> HttpResponse:
    """Forget the browser."""
    visiting.leave(visitor, at=request.at)
    return HttpResponse(status=204)


@of_visitor
def talk(request: Request, visitor: Visitor) -> HttpResponse:
    """Read the talk after a message, or the page before one."""
    limit(Limit(what=f"talk:{visitor.pk}", most=240, seconds=MINUTE))
    after, before = (_number(request.headers.get(f"X-{name}", "")) for name in ("After", "Before"))
    found = read_talk(visitor, after=after, before=before or None, at=request.at)
    return JsonResponse(talk_shape(visitor, found, at=request.at))


@of_visitor
def say(request: Request, visitor: Visitor) -> HttpResponse:
    """Take a word; the answer is given once it is on disk."""
    limit(
        Limit(what=f"say:{visitor.pk}", most=40, seconds=MINUTE),
        Limit(what=f"say:{visitor.pk}:day", most=2000, seconds=24 * HOUR),
    )
    body = body_of(request)
    files = body.get("files")
    said = Said(
        key=key_of(body),
        text=text_of(body, "text", longest=20_000),
        files=[str(each)[:43] for each in files[:20]] if isinstance(files, list) else [],
    )
    spoken = say_word(visitor, said, at=request.at)
    visiting.look_in(visitor, _page(body.get("page")), at=request.at)
    visitor_stops(spoken.ticket.pk)
    _count_asking(request, visitor, text_of(body, "reader", longest=43))
    line = line_of(visitor, spoken.message, has_files=bool(said.files))
    told = {
        "message": line_shape(visitor, line),
        "talk": mark_of(spoken.ticket),
        "state": state_of(spoken.ticket),
    }
    return JsonResponse(told, status=201)


@of_visitor
def types(_request: Request, visitor: Visitor) -> HttpResponse:
    """Tell the other side that the visitor is typing."""
    limit(Limit(what=f"type:{visitor.pk}", most=40, seconds=MINUTE))
    ticket = last_ticket(visitor)
    if ticket and not ticket.is_ended:
        visitor_types(visitor, ticket.pk)
    return HttpResponse(status=204)


@of_visitor
def look(request: Request, visitor: Visitor) -> HttpResponse:
    """Take whether the visitor has the page before them; nothing of it is kept."""
    limit(Limit(what=f"look:{visitor.pk}", most=30, seconds=MINUTE))
    presence.look(visitor, is_in_front=body_of(request).get("front") is True)
    return HttpResponse(status=204)


@of_visitor
def read(request: Request, visitor: Visitor) -> HttpResponse:
    """Put down how far the visitor has read."""
    limit(Limit(what=f"read:{visitor.pk}", most=120, seconds=MINUTE))
    body = body_of(request)
    up_to = body.get("up_to")
    if not isinstance(up_to, int) or isinstance(up_to, bool) or not 0 <= up_to < 2**63:
        raise NotJson(field="up_to")
    read_up_to(visitor, up_to, at=request.at)
    visiting.look_in(visitor, _page(body.get("page")), at=request.at)
    return HttpResponse(status=204)


@of_visitor
def transcript(request: Request, visitor: Visitor) -> HttpResponse:
    """Send the talk by mail."""
    limit(Limit(what=f"transcript:{visitor.pk}", most=5, seconds=HOUR))
    email = text_of(body_of(request), "email", longest=320) or visitor.email
    transcribe(visitor, email=email, at=request.at)
    return JsonResponse({"sent": True})


@of_visitor
def move(request: Request, visitor: Visitor) -> HttpResponse:
    """Go on elsewhere: by mail, or in a messenger by a link that stands in the talk then."""
    limit(Limit(what=f"move:{visitor.pk}", most=5, seconds=HOUR))
    body = body_of(request)
    to = text_of(body, "to", longest=40)
    email = text_of(body, "email", longest=320) or visitor.email
    go_on(visitor, to=to, email=email, at=request.at)
    return JsonResponse({"moved": True})


@of_visitor
def rate(request: Request, visitor: Visitor) -> HttpResponse:
    """Take what the visitor thinks of the talk."""
    limit(Limit(what=f"rate:{visitor.pk}", most=20, seconds=MINUTE))
    body = body_of(request)
    score = body.get("score")
    if not isinstance(score, int) or isinstance(score, bool):
        raise NotJson(field="score")
    given = Given(score=score, words=text_of(body, "comment", longest=2000), way=Way.WIDGET)
    ticket = last_ticket(visitor)
    if ticket is None:
        raise NothingToRate
    by = visiting.actor_of(visitor.channel)
    row = rate_in_place(ticket, given, person=visitor.identity.person_id, by=by, at=request.at)
    return JsonResponse({"score": row.score})


@of_visitor
def nothing(_request: Request, _visitor: Visitor) -> HttpResponse:
    """The stream is answered in the event loop; here it is only declared, and let ask before."""
    return HttpResponse(status=204)


def _count_asking(request: Request, visitor: Visitor, reader: str) -> None:
    """Put down that who opened an article here asked after all; told once, by the first word."""
    if reader:
        brand, person = visitor.channel.brand, visitor.identity.person
        readers_ask(request, reader, brand=brand, language=visitor.language, person=person)


def _page(given: Any) -> Page:
    told: dict[str, Any] = given if isinstance(given, dict) else {}
    url = text_of(told, "url", longest=500)
    return Page(
        url=url if url.startswith(("http://", "https://")) else "",
        title=text_of(told, "title", longest=200),
        referrer=text_of(told, "referrer", longest=500),
        browser_language=text_of(told, "language", longest=35),
    )


def _language(given: str) -> str:
    return "ru" if given.lower().startswith("ru") else "en"


def _number(given: str) -> int:
    return int(given) if given.isdecimal() and len(given) < 18 else 0
