"""Passes: what lets a browser fetch one picture or file for some hours, without a header."""

from urllib.parse import urlencode

from django.core.signing import BadSignature, TimestampSigner
from django.http import Http404

from ambidesk.edge.web.ui.requests import Request
from ambidesk.support.channels.widget.models import Visitor
from ambidesk.support.channels.widget.visiting import visitor_at

PASS = TimestampSigner(salt="widget-file")
# A picture is fetched when it is shown; the next look at the talk gives a new pass.
PASS_SECONDS = 6 * 3600
LONGEST = 17


def with_pass(address: str, visitor: Visitor, *, key: str) -> str:
    """Give the address of something of theirs, with a pass for it."""
    value = f"{visitor.pk}.{key}"
    words = {"v": visitor.pk, "pass": PASS.sign(value).removeprefix(f"{value}:")}
    return f"{address}?{urlencode(words, safe=':')}"


def bearer(request: Request, widget: str, *, key: str) -> Visitor:
    """
    Find the visitor whose browser was given a pass for this.

    Raises:
        Http404: nobody was, it is too old, or they are no visitor any more.
    """
    number, given = request.GET.get("v", ""), request.GET.get("pass", "")
    if not number.isdecimal() or len(number) > LONGEST:
        raise Http404
    try:
        PASS.unsign(f"{int(number)}.{key}:{given}", max_age=PASS_SECONDS)
    except BadSignature as forged:
        raise Http404 from forged
    visitor = visitor_at(widget, int(number), at=request.at)
    if visitor is None:
        raise Http404
    return visitor
