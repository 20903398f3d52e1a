"""Labels: a sheet of QR codes to print; each leads to its asset, or to "report a fault"."""

from pathlib import Path

import segno
from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from ambidesk.edge.web.ui.requests import Request
from ambidesk.edge.web.workspace.assets.list import FILTERS, filtered
from ambidesk.ground.files.printing import print_pdf
from ambidesk.ground.kernel.days import day_of
from ambidesk.ground.kernel.refusal import AboveLimit
from ambidesk.ground.kernel.texts import one_line
from ambidesk.service.assets.models import Asset
from ambidesk.support.conversations.models import Channel, ChannelKind

MOST = 300
STYLES = Path(__file__).with_name("labels.css")


class TooManyLabels(AboveLimit):
    """A sheet has its bounds."""

    sentence = _("At most %(most)s labels are printed at once: choose fewer.")


def show(request: Request) -> HttpResponse:
    """Print the labels of what the list shows, or of one asset."""
    rows = list(_asked(request).select_related("model", "site").order_by("pk")[: MOST + 1])
    if not rows:
        raise Http404
    if len(rows) > MOST:
        raise TooManyLabels(most=MOST)
    origin = _origin()
    labels = [(row, _drawn(f"{origin}/a/{row.token}")) for row in rows]
    html = render_to_string("assets/labels.html", {"labels": labels})
    answer = HttpResponse(print_pdf(html, stylesheet=STYLES), content_type="application/pdf")
    answer["Content-Disposition"] = 'inline; filename="labels.pdf"'
    return answer


def _asked(request: Request) -> QuerySet[Asset]:
    one = request.GET.get("asset", "")
    if one.isdecimal():
        return Asset.objects.visible_to(request.actor).filter(pk=int(one[:17]))
    asked = {name: one_line(request.GET.get(name, ""), 80) for name in FILTERS}
    return filtered(request.actor, asked, today=day_of(request.at))


def _origin() -> str:
    """Give the host that customers reach: of the first brand with a form, else the desk's."""
    form = (
        Channel.objects.filter(kind=ChannelKind.FORM, enabled=True)
        .select_related("brand")
        .order_by("pk")
    )
    first = form.first()
    return first.brand.origin if first else settings.BASE_URL.rstrip("/")


def _drawn(address: str) -> SafeString:
    # The address is ours: a host and a random word.
    drawn = segno.make(address, error="m").svg_inline(scale=3, border=2, omitsize=True)
    return mark_safe(drawn)  # noqa: S308 drawn by us from our own address
