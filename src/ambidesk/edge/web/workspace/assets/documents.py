"""Papers of an asset or of its model: kept, read, shown to clients or not, taken away."""

from django.http import Http404, HttpResponse, HttpResponseBase

from ambidesk.edge.web.ui.downloads import handed_out
from ambidesk.edge.web.ui.pages import back_to
from ambidesk.edge.web.ui.requests import Request
from ambidesk.edge.web.workspace.assets.asset import visible_asset
from ambidesk.edge.web.workspace.assets.model import visible_model
from ambidesk.ground.kernel.texts import storable
from ambidesk.service.assets.documenting import (
    LARGEST_BYTES,
    NothingInIt,
    document_called,
    drop_document,
    keep_document,
    show_document,
)
from ambidesk.service.assets.models import Asset, AssetModel, Document

MOST = 20


def add(request: Request, asset: int) -> HttpResponse:
    """Keep papers of an asset."""
    found = visible_asset(request.actor, asset)
    _keep(request, found)
    return back_to("asset", found.pk)


def add_to_model(request: Request, model: int) -> HttpResponse:
    """Keep papers that are of every asset of a model."""
    found = visible_model(request, model)
    _keep(request, found)
    return back_to("asset-model", found.pk)


def show(request: Request, key: str) -> HttpResponseBase:
    """Hand a paper out."""
    row = _visible(request, key)
    return handed_out(row.blob, row.name, inline=False, origins="same-origin")


def turn(request: Request, key: str) -> HttpResponse:
    """Let clients read it, or let them no more."""
    row, wanted = _visible(request, key), request.POST.get("for_clients", "")
    if wanted not in ("0", "1"):
        raise Http404
    show_document(row, for_clients=wanted == "1", by=request.actor, at=request.at)
    return _back(request, row)


def drop(request: Request, key: str) -> HttpResponse:
    """Take it away."""
    row = _visible(request, key)
    drop_document(row, by=request.actor, at=request.at)
    return _back(request, row)


def _keep(request: Request, of: Asset | AssetModel) -> None:
    given = request.FILES.getlist("files")[:MOST]
    if not given:
        raise NothingInIt(field="files")
    for each in given:
        keep_document(
            of,
            each.read(LARGEST_BYTES + 1),
            name=each.name or "",
            for_clients="for_clients" in request.POST,
            by=request.actor,
            at=request.at,
        )


def _visible(request: Request, key: str) -> Document:
    if key != storable(key):
        raise Http404
    row = document_called(key, request.actor)
    if row is None:
        raise Http404
    return row


def _back(request: Request, row: Document) -> HttpResponse:
    """To the asset from which it was asked, where a paper of its model stands as well."""
    typed = request.POST.get("asset", "")
    if typed.isdecimal() and len(typed) < 18:
        return back_to("asset", visible_asset(request.actor, int(typed)).pk)
    if row.model_id:
        return back_to("asset-model", row.model_id)
    return back_to("asset", row.asset_id or 0)
