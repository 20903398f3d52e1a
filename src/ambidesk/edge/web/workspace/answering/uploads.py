"""Files of an answer: kept as soon as they are dropped, sent with it."""

from django.http import HttpResponse, JsonResponse
from django.utils.translation import gettext_lazy as _

from ambidesk.edge.web.ui.requests import Request
from ambidesk.edge.web.workspace.ticket.page import visible_ticket
from ambidesk.ground.kernel.refusal import InvalidInput
from ambidesk.support.desk.drafting import attach, detach

LARGEST = 20_000_000


class TooLarge(InvalidInput):
    """The file would not fit into a mail."""

    sentence = _("“%(name)s” is larger than 20 MB.")


class NoFile(InvalidInput):
    """Nothing came."""

    sentence = _("No file arrived.")


def remove(request: Request, number: int, key: str) -> HttpResponse:
    """Take a file off the answer again."""
    detach(visible_ticket(request.actor, number), key, by=request.actor)
    return HttpResponse(status=204)


def keep(request: Request, number: int) -> HttpResponse:
    """Keep one file for the answer that is being written."""
    ticket = visible_ticket(request.actor, number)
    upload = request.FILES.get("file")
    if upload is None or upload.size is None:
        raise NoFile(field="file")
    if upload.size > LARGEST:
        raise TooLarge(field="file", name=upload.name)
    name = (upload.name or "file")[:255]
    file = attach(ticket, name=name, content=upload.read(), by=request.actor, at=request.at)
    return JsonResponse({"key": file.key, "name": file.name})
