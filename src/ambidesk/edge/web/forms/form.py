"""
A web form: a page of the brand that works without a script, and a part for pages of listed sites.

What is sent is answered once it is on disk. Source: WHATWG Fetch 3.2 "CORS protocol".
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from uuid import UUID, uuid4

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.timezone import get_current_timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ambidesk.edge.web.forms.label import Labelled, labelled
from ambidesk.edge.web.forms.typed import LARGEST_BYTES, Typed, read_typed
from ambidesk.edge.web.ui.answers import LONGEST, answers_shape
from ambidesk.edge.web.ui.faces import Face, brand_at, face_of, gone, in_its_ways
from ambidesk.edge.web.ui.places import place_of
from ambidesk.edge.web.ui.policy import STRICT
from ambidesk.edge.web.ui.questions import Given, SectionView, sections_of
from ambidesk.edge.web.ui.readers import held_reader, readers_ask
from ambidesk.edge.web.ui.requests import Request
from ambidesk.edge.web.ui.searches import suggested
from ambidesk.ground.fields.rules.form import Form
from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.service.catalogue.asking import form_of
from ambidesk.support.channels.webform.connecting import form_at, type_of
from ambidesk.support.channels.webform.guarding import (
    Challenge,
    challenge,
    pass_guard,
    require_no_trap,
)
from ambidesk.support.channels.webform.handing_in import hand_in, is_handed_in, key_of
from ambidesk.support.channels.webform.manner import FormManner
from ambidesk.support.conversations.models import Channel

SLACK_BYTES = 200_000
PREFLIGHT_SECONDS = 7200


@dataclass(frozen=True, slots=True, kw_only=True)
class FormPage:
    """A form as its page and its part show it, with what was typed and what is wrong."""

    address: str
    language: str
    title: str
    intro: str
    thanks: str
    manner: FormManner
    sections: tuple[SectionView, ...]
    challenge: Challenge
    key: str
    typed: Mapping[str, str]
    errors: Mapping[str, str]
    words: str = ""
    is_sent: bool = False
    about: Labelled | None = None


def show(request: Request, form: str) -> HttpResponse:
    """Show the page."""

    def page(channel: Channel) -> HttpResponse:
        return _whole(request, channel, _page(request, channel))

    return _of(request, form, page)


def part(request: Request, form: str) -> HttpResponse:
    """Give the form alone, for a page that shows it within itself."""

    def page(channel: Channel) -> HttpResponse:
        if not _lets_in(request, channel):
            return HttpResponse(status=403)
        made = _page(request, channel)
        html = render_to_string("forms/part.html", {"page": made}, request)
        face = face_of(channel.brand)
        told = {"html": html, "accent": face.accent, "ink": face.ink, "language": made.language}
        return _open_to(request, channel, JsonResponse(told))

    return _of(request, form, page)


def send(request: Request, form: str) -> HttpResponse:
    """Take what was typed: from the page itself, or from a script as JSON."""

    def page(channel: Channel) -> HttpResponse:
        is_told = "application/json" in request.headers.get("Accept", "")
        # A page that names no referrer posts with "null"; a script that does is of no site.
        own = {None, _own(request)} if is_told else {None, "null", _own(request)}
        is_foreign = request.headers.get("Origin") not in own
        if is_foreign and not _lets_in(request, channel):
            return HttpResponse(status=403)
        sent = _sent(request, channel)
        if is_told:
            return _open_to(request, channel, _told(sent))
        status = 200 if sent.is_sent else 422
        return _whole(request, channel, sent, status=status)

    # Told before a byte of it is read: what is too large is not even parsed.
    if int(request.headers.get("Content-Length") or 0) > LARGEST_BYTES + SLACK_BYTES:
        words = _("All files together may have 10 MB.")
        return JsonResponse({"errors": {"files": words}, "words": words}, status=413)
    return _of(request, form, page)


def answer(request: Request, form: str) -> HttpResponse:
    """Give articles that may answer what is being typed."""

    def told(channel: Channel) -> HttpResponse:
        is_foreign = request.headers.get("Origin") not in {None, _own(request)}
        if is_foreign and not _lets_in(request, channel):
            return HttpResponse(status=403)
        if wait := suggested(request, channel.brand):
            refused = HttpResponse(status=429, headers={"Retry-After": str(wait)})
            return _open_to(request, channel, refused)
        text, language = request.POST.get("text", "")[-LONGEST:], get_language() or "en"
        found = answers_shape(text, brand=channel.brand, language=language)
        return _open_to(request, channel, JsonResponse({"answers": found}))

    return _of(request, form, told)


def preflight(request: Request, form: str) -> HttpResponse:
    """Tell a browser whether a page may ask."""
    channel = form_at(form)
    if channel is None or not _lets_in(request, channel):
        return HttpResponse(status=403)
    answer = HttpResponse(status=204)
    answer["Access-Control-Allow-Methods"] = "GET, POST"
    answer["Access-Control-Allow-Headers"] = "content-type"
    answer["Access-Control-Max-Age"] = str(PREFLIGHT_SECONDS)
    return _open_to(request, channel, answer)


def _of(request: Request, address: str, act: Callable[[Channel], HttpResponse]) -> HttpResponse:
    """Act on a form, on the host of its own brand only and in the language asked for."""
    channel, here = form_at(address), brand_at(request)
    if channel is None or (here is not None and here.pk != channel.brand_id):
        return gone(request, here, status=404)
    asked = request.GET.get("language") or request.POST.get("language") or channel.brand.language
    with in_its_ways(channel.brand, "ru" if asked.startswith("ru") else "en"):
        return act(channel)


def _sent(request: Request, channel: Channel) -> FormPage:
    manner, asked = FormManner.read(channel.settings), _asked(channel)
    language, zone = get_language() or "en", get_current_timezone()
    typed = read_typed(request, manner, asked, language=language, zone=zone, at=request.at)
    key = _key(request.POST.get("key", ""))
    page = _page(request, channel, typed=typed, key=key)
    once = key_of(typed.said, key=key)
    if is_handed_in(channel, once):
        return replace(page, is_sent=True)
    if typed.errors:
        return replace(page, words=_("Something is missing or mistyped."))
    try:
        require_no_trap(request.POST.get("website", ""))
        pass_guard(
            channel,
            request.POST.get("challenge", ""),
            solution=request.POST.get("solution", ""),
            place=place_of(request),
            email=typed.said.email,
            at=request.at,
        )
    except Refusal as refused:
        return replace(page, words=str(refused))
    if hand_in(channel, typed.said, key=once, at=request.at):
        told = (held_reader(request), request.POST.get("reader", ""))
        readers_ask(request, *told, brand=channel.brand, language=typed.said.language)
    return replace(page, is_sent=True)


def _page(
    request: Request, channel: Channel, *, typed: Typed | None = None, key: UUID | None = None
) -> FormPage:
    manner, language = FormManner.read(channel.settings), get_language() or "en"
    given: Given | None = request.POST if typed else None
    errors = typed.errors if typed else {}
    return FormPage(
        address=f"{channel.brand.origin}/forms/{channel.address}",
        language=language,
        title=manner.said(manner.title, language),
        intro=manner.said(manner.intro, language),
        thanks=manner.said(manner.thanks, language),
        manner=manner,
        sections=sections_of(
            _asked(channel),
            given,
            errors=errors,
            language=language,
            at=request.at,
            zone=get_current_timezone(),
        ),
        challenge=challenge(channel, place=place_of(request), at=request.at),
        key=str(key or uuid4()),
        typed={name: request.POST.get(name, "") for name in ("name", "email", "text", "page")},
        errors=errors,
        about=labelled(request.POST.get("asset") or request.GET.get("asset", "")),
    )


def _asked(channel: Channel) -> Form:
    return form_of(type_of(channel)).for_customers()


def _whole(
    request: Request, channel: Channel, page: FormPage, *, status: int = 200
) -> HttpResponse:
    face: Face = face_of(channel.brand)
    answer = render(request, "forms/form.html", {"page": page, "face": face}, status=status)
    # Sites that may embed the form may also frame its page.
    ancestors = " ".join(page.manner.origins) or "'none'"
    policy = STRICT.replace("frame-ancestors 'none'", f"frame-ancestors {ancestors}")
    answer["Content-Security-Policy"] = policy
    answer["Cache-Control"] = "no-store"
    answer.xframe_options_exempt = True
    return answer


def _told(page: FormPage) -> JsonResponse:
    if page.is_sent:
        return JsonResponse({"sent": True, "thanks": page.thanks}, status=201)
    fresh = {"token": page.challenge.token, "bits": page.challenge.bits}
    told = {"errors": page.errors, "words": page.words, "challenge": fresh}
    return JsonResponse(told, status=422)


def _key(typed: str) -> UUID:
    try:
        return UUID(typed)
    except ValueError:
        return uuid4()


def _own(request: Request) -> str:
    return f"{request.scheme}://{request.get_host()}"


def _lets_in(request: Request, channel: Channel) -> bool:
    return FormManner.read(channel.settings).lets_in(request.headers.get("Origin", ""))


def _open_to(request: Request, channel: Channel, answer: HttpResponse) -> HttpResponse:
    if _lets_in(request, channel):
        answer["Access-Control-Allow-Origin"] = request.headers["Origin"]
    answer["Vary"] = "Origin"
    answer["Cross-Origin-Resource-Policy"] = "cross-origin"
    answer["Cache-Control"] = "no-store"
    return answer
