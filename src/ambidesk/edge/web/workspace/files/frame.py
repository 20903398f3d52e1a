"""The frame of a complex mail: a page of its own address with its own, closed content policy."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from ambidesk.edge.web.ui.requests import Request
from ambidesk.edge.web.workspace.ticket.markup import framed
from ambidesk.support.conversations.models import IntakeItem, Message
from ambidesk.support.conversations.raw import raw_of

CLOSED = (
    "default-src 'none'; script-src 'none'; style-src 'unsafe-inline' 'self'; font-src 'self'; "
    "img-src 'self'{remote}; frame-ancestors 'self'; base-uri 'none'; form-action 'none'; "
    "sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox"
)


def show(request: Request, message: int) -> HttpResponse:
    """Show the cleaned markup of a message; `?pictures=1` fetches what lies elsewhere."""
    found = visible(request, message)
    remote = request.GET.get("pictures") == "1"
    pictures = {
        each.content_id.strip("<> "): reverse("file", args=[each.key]) + "?inline=1"
        for each in found.attachments.exclude(content_id="")
    }
    page = {"markup": framed(found.html, pictures=pictures, remote=remote)}
    response = render(request, "files/frame.html", page)
    response["Content-Security-Policy"] = CLOSED.format(remote=" https: http:" if remote else "")
    response["Referrer-Policy"] = "no-referrer"
    return response


def source(request: Request, message: int) -> HttpResponse:
    """Give the mail as it came, as a file."""
    found = visible(request, message)
    item = IntakeItem.objects.filter(pk=found.intake_id).first() if found.intake_id else None
    if item is None:
        raise Http404
    response = HttpResponse(raw_of(item), content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="message-{found.pk}.eml"'
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def visible(request: Request, message: int) -> Message:
    """
    Give a message that the asker may see.

    Raises:
        Http404: there is none, for them.
    """
    found = Message.objects.visible_to(request.actor).filter(pk=message, erased_at=None).first()
    if found is None:
        raise Http404
    return found
