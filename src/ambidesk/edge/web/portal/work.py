"""What a contractor's people do: accept, refuse, give back, tick off, be done, write."""

from collections.abc import Callable
from decimal import Decimal, InvalidOperation

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render

from ambidesk.edge.web.portal.uploads import read_files
from ambidesk.edge.web.portal.working import one_page, read_work
from ambidesk.edge.web.ui.downloads import handed_out
from ambidesk.edge.web.ui.pages import back_to
from ambidesk.edge.web.ui.requests import Request
from ambidesk.ground.kernel.refusal import Refusal
from ambidesk.ground.kernel.texts import storable
from ambidesk.ground.reach.wall import beyond
from ambidesk.support.handovers import answering, speaking
from ambidesk.support.handovers.answering import NoSuchWork, Result
from ambidesk.support.handovers.models import Handover, HandoverFile
from ambidesk.support.handovers.speaking import Words
from ambidesk.support.stages.performing import tick_off


def show(request: Request) -> HttpResponse:
    """List what is handed over to the company."""
    return render(request, "portal/work.html", {"page": read_work(request.actor)})


def one(request: Request, handover: int) -> HttpResponse:
    """Show one of them."""
    return _shown(request, _visible(request, handover))


def write(request: Request, handover: int) -> HttpResponse:
    """Say something about it."""
    return _done(
        request,
        handover,
        lambda row: speaking.say(row, _words(request), by=request.actor, at=request.at),
    )


def accept(request: Request, handover: int) -> HttpResponse:
    """Take it on."""
    return _done(
        request, handover, lambda row: answering.accept(row, by=request.actor, at=request.at)
    )


def refuse(request: Request, handover: int) -> HttpResponse:
    """Do not take it on."""
    reason = request.POST.get("text", "")
    return _gone(
        request,
        handover,
        lambda row: answering.refuse(row, reason, by=request.actor, at=request.at),
    )


def give_back(request: Request, handover: int) -> HttpResponse:
    """Do not finish it."""
    reason = request.POST.get("text", "")
    return _gone(
        request,
        handover,
        lambda row: answering.give_back(row, reason, by=request.actor, at=request.at),
    )


def finish(request: Request, handover: int) -> HttpResponse:
    """Call it done."""
    return _done(
        request,
        handover,
        lambda row: answering.finish(row, _result(request), by=request.actor, at=request.at),
    )


def tick(request: Request, handover: int, item: int) -> HttpResponse:
    """Tick a line off, or take the tick back."""
    done = request.POST.get("done") == "1"
    return _done(
        request,
        handover,
        lambda row: tick_off(row, item, done=done, by=request.actor, at=request.at),
    )


def file(request: Request, handed: str) -> HttpResponseBase:
    """Serve a file to whoever sees what it was said about."""
    if handed != storable(handed):
        raise Http404
    rows = HandoverFile.objects.visible_to(request.actor).select_related("blob")
    found = rows.filter(key=handed).first()
    if found is None:
        raise Http404
    inline = request.GET.get("inline") == "1"
    return handed_out(found.blob, found.name, inline=inline, origins="same-origin")


def _done(request: Request, key: int, change: Callable[[Handover], object]) -> HttpResponse:
    row = _visible(request, key)
    try:
        with beyond():
            change(row)
    except Refusal as refused:
        return _shown(request, _visible(request, key), error=str(refused))
    return back_to("portal-handover", key)


def _gone(request: Request, key: int, change: Callable[[Handover], object]) -> HttpResponse:
    answer = _done(request, key, change)
    return back_to("portal-work") if answer.status_code in {302, 303} else answer


def _shown(request: Request, row: Handover, *, error: str = "") -> HttpResponse:
    typed = request.POST.get("text", "") if error else ""
    page = one_page(row, error=error, text=typed)
    return render(request, "portal/handover.html", {"page": page}, status=422 if error else 200)


def _visible(request: Request, key: int) -> Handover:
    # The ticket itself is behind the wall: nothing of it is read here.
    rows = Handover.objects.visible_to(request.actor)
    row = rows.select_related("site", "asset__model", "stay__version").filter(pk=key).first()
    if row is None:
        raise Http404
    return row


def _words(request: Request) -> Words:
    return Words(text=request.POST.get("text", ""), files=read_files(request))


def _result(request: Request) -> Result:
    minutes = request.POST.get("minutes", "").strip()
    if minutes and not (minutes.isascii() and minutes.isdecimal() and len(minutes) < 7):
        raise NoSuchWork(field="minutes")
    try:
        materials = Decimal(request.POST.get("materials", "").replace(",", ".").strip() or 0)
    except InvalidOperation as broken:
        raise NoSuchWork(field="materials") from broken
    return Result(
        words=_words(request), minutes=int(minutes) if minutes else None, materials=materials
    )
