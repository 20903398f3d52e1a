"""Addresses of equipment, each with the right it needs."""

from ambidesk.edge.web.workspace.assets import (
    asset,
    describing,
    documents,
    labels,
    model,
    pointing,
    repairs,
)
from ambidesk.edge.web.workspace.assets import list as assets
from ambidesk.ground.kernel.routes import resource
from ambidesk.service.assets.rights import AssetRight
from ambidesk.support.tickets.rights import TicketRight

SEE, KEEP, DECIDE = AssetRight.SEE, AssetRight.KEEP, AssetRight.DECIDE
PAPER = "assets/documents/<str:key>"
ONE, MODEL, TICKET = "assets/<int:asset>", "assets/models/<int:model>", "tickets/<int:number>/asset"

routes = [
    resource("assets/", right=SEE, name="assets", GET=assets.show),
    resource("assets/photo", right=SEE, name="asset-photo", POST=assets.photographed),
    resource("assets/labels", right=KEEP, name="asset-labels", GET=labels.show),
    resource("assets/repairs", right=SEE, name="asset-repairs", GET=repairs.show),
    resource(ONE, right=SEE, name="asset", GET=asset.show),
    resource(f"{ONE}/readings", right=KEEP, name="asset-readings", POST=asset.take_reading),
    resource(f"{ONE}/moves", right=KEEP, name="asset-moves", POST=asset.move),
    resource(
        f"{ONE}/facts", right=KEEP, name="asset-facts", GET=describing.ask, POST=describing.save
    ),
    resource(
        "companies/<int:company>/assets/new",
        right=KEEP,
        name="asset-new",
        GET=describing.ask_new,
        POST=describing.ask_new,
    ),
    resource(f"{ONE}/retirement", right=KEEP, name="asset-retirement", POST=asset.retire),
    resource(f"{ONE}/label", right=KEEP, name="asset-label", POST=asset.renew_label),
    resource(f"{ONE}/documents", right=KEEP, name="asset-documents", POST=documents.add),
    resource(
        f"{MODEL}/documents",
        right=DECIDE,
        name="asset-model-documents",
        POST=documents.add_to_model,
    ),
    resource(PAPER, right=SEE, name="asset-document", GET=documents.show),
    resource(f"{PAPER}/audience", right=KEEP, name="asset-document-audience", POST=documents.turn),
    resource(f"{PAPER}/removal", right=KEEP, name="asset-document-removal", POST=documents.drop),
    resource(MODEL, right=SEE, name="asset-model", GET=model.show),
    resource(
        f"{MODEL}/decisions", right=DECIDE, name="asset-model-decisions", POST=model.put_decision
    ),
    resource(TICKET, right=SEE, name="ticket-asset", GET=pointing.show),
    resource(
        f"{TICKET}/choice",
        right=TicketRight.WORK,
        name="ticket-asset-choice",
        POST=pointing.choose,
        DELETE=pointing.clear,
    ),
]
