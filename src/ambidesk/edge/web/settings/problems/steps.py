"""The next step of a problem: once more, done with, its original; and the end of a hold."""

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _

from ambidesk.across.automation.looping import PROBLEM as LOOPING
from ambidesk.across.problems import stepping
from ambidesk.across.problems.seeing import open_problems
from ambidesk.edge.web.settings import pages
from ambidesk.edge.web.ui.requests import Request
from ambidesk.ground.kernel import holding
from ambidesk.ground.kernel.models import Problem
from ambidesk.support.conversations.raw import raw_of


def again(request: Request, pk: int) -> HttpResponse:
    """Have it tried once more."""
    problem = _seen(request, pk)
    stepping.try_again(problem, by=request.actor, at=request.at)
    words = _("The rule is off.") if problem.kind == LOOPING else _("It is tried again.")
    return pages.done(request, words, section="problems")


def end(request: Request, pk: int) -> HttpResponse:
    """Say that nothing more is to be done."""
    stepping.settle(_seen(request, pk), by=request.actor, at=request.at)
    return pages.done(request, _("Done with."), section="problems")


def original(request: Request, pk: int) -> HttpResponse:
    """Give the message as it came, as a file that nothing opens by itself."""
    item = stepping.item_of(_seen(request, pk))
    if item is None:
        raise Http404
    answer = HttpResponse(raw_of(item), content_type="application/octet-stream")
    answer["Content-Disposition"] = f'attachment; filename="message-{item.pk}.eml"'
    answer["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


def release(request: Request) -> HttpResponse:
    """Let the desk send again after a restore."""
    holding.release(by=request.actor, at=request.at)
    return pages.done(request, _("What waits is sent now."), section="problems")


def _seen(request: Request, pk: int) -> Problem:
    found = open_problems(request.actor).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
