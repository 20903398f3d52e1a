"""Who is speaking: chosen by whoever signs in with the login that a department shares."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render

from ambidesk.edge.web.ui.pages import back_to
from ambidesk.edge.web.ui.requests import SPOKEN, Request
from ambidesk.ground.kernel.days import day_of
from ambidesk.ground.kernel.refusal import InvalidInput
from ambidesk.parties.authority.speaking import choose_speaker, speakers_of

MOST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """Somebody of the department who can be chosen."""

    id: int
    name: str
    post: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerPage:
    """Whom it may be, and who it is."""

    login: str
    known: tuple[Known, ...]
    chosen: int
    typed: str
    error: str = ""


def show(request: Request) -> HttpResponse:
    """Ask who is speaking."""
    return render(request, "portal/speaker.html", {"page": _page(request)})


def choose(request: Request) -> HttpResponse:
    """Remember it for this session."""
    chosen, typed = request.POST.get("contact", ""), request.POST.get("name", "")
    number = int(chosen) if chosen.isdecimal() and len(chosen) < 18 else None
    try:
        kept = choose_speaker(request.actor, contact=number, name=typed, on=day_of(request.at))
    except InvalidInput as refused:
        page = _page(request, typed=typed, error=str(refused))
        return render(request, "portal/speaker.html", {"page": page}, status=422)
    request.session[SPOKEN] = dict(kept)
    return back_to("portal")


def _page(request: Request, *, typed: str = "", error: str = "") -> SpeakerPage:
    rows = speakers_of(request.actor, on=day_of(request.at)).select_related("person__head")
    said = request.actor.speaking
    return SpeakerPage(
        login=request.user.name,
        known=tuple(Known(id=row.pk, name=row.person.called, post=row.post) for row in rows[:MOST]),
        chosen=said.contact or 0 if said else 0,
        typed=typed or (said.name if said and not said.contact else ""),
        error=error,
    )
