"""Addresses of the client portal; the right to enter comes from an authority that holds now."""

from ambidesk.edge.web.portal import (
    approvals,
    articles,
    asking,
    board,
    colleagues,
    contracts,
    equipment,
    figures,
    files,
    finding,
    home,
    machines,
    more,
    speaker,
    talk,
    team,
    telling,
    work,
)
from ambidesk.edge.web.ui import pushing
from ambidesk.ground.kernel.routes import Door, resource
from ambidesk.parties.authority.rights import PortalRight

ENTER, MANAGE, PERFORM = PortalRight.ENTER, PortalRight.MANAGE, PortalRight.PERFORM
CONTRACTS, OVERSEE = PortalRight.CONTRACTS, PortalRight.OVERSEE
HANDOVER, NAME = "work/<int:handover>", "portal-handover"
ONE = "requests/<int:number>"
COLLEAGUE = "colleagues/<int:contact>"

routes = [
    resource("", right=ENTER, name="portal", GET=home.show),
    resource("new/", right=ENTER, name="portal-kinds", GET=asking.choose),
    resource("new/<int:kind>", right=ENTER, name="portal-new", GET=asking.ask, POST=asking.create),
    resource(f"{ONE}/", right=ENTER, name="portal-request", GET=talk.show, POST=talk.write),
    resource(f"{ONE}/acceptance", right=ENTER, name="portal-acceptance", POST=talk.let_in),
    resource(
        "approvals/<int:approval>/",
        right=ENTER,
        name="portal-approval",
        GET=approvals.show,
        POST=approvals.decide,
    ),
    resource(f"{ONE}/refusal", right=ENTER, name="portal-refusal", POST=talk.turn_away),
    resource("files/<str:key>", right=ENTER, name="portal-file", GET=files.show),
    resource("board/", right=OVERSEE, name="portal-board", GET=board.show),
    resource("figures/", right=OVERSEE, name="portal-figures", GET=figures.show),
    resource("figures/requests", right=OVERSEE, name="portal-figures-requests", GET=figures.behind),
    resource("contracts/", right=CONTRACTS, name="portal-contracts", GET=contracts.show),
    resource("equipment/", right=ENTER, name="portal-equipment", GET=equipment.show),
    resource("equipment/<int:asset>/", right=ENTER, name="portal-asset", GET=equipment.one),
    resource("documents/<str:key>", right=ENTER, name="portal-document", GET=equipment.document),
    resource("articles/", right=ENTER, name="portal-articles", GET=articles.show),
    resource("articles/<int:article>/", right=ENTER, name="portal-article", GET=articles.one),
    resource(
        "articles/files/<str:key>", right=ENTER, name="portal-article-file", GET=articles.file
    ),
    resource(
        "scan/",
        right=ENTER,
        name="portal-scan",
        GET=equipment.labelled,
        POST=equipment.photographed,
    ),
    resource("search/", right=ENTER, name="portal-search", GET=finding.show),
    resource("more/", right=ENTER, name="portal-more", GET=more.show),
    resource(
        "speaker/",
        right=PortalRight.SPEAK,
        name="portal-speaker",
        GET=speaker.show,
        POST=speaker.choose,
    ),
    resource("team/", right=ENTER, name="portal-team", GET=team.show),
    resource("team/<int:member>/photo", right=ENTER, name="portal-photo", GET=team.photo),
    resource(
        "notifications/",
        right=ENTER,
        name="portal-notifications",
        GET=telling.show,
        POST=telling.save,
    ),
    resource("push/key", right=ENTER, name="portal-push-key", POST=pushing.key),
    resource(
        "push/subscription",
        right=ENTER,
        name="portal-push-subscription",
        POST=pushing.subscribe,
        DELETE=pushing.unsubscribe,
    ),
    # Mail programs post here by themselves, without any cookie: the link is the proof.
    resource(
        "unsubscription/<str:token>",
        right=Door.MACHINE,
        name="portal-unsubscription",
        GET=telling.ask,
        POST=telling.unsubscribe,
    ),
    resource("colleagues/", right=MANAGE, name="portal-colleagues", GET=colleagues.show),
    resource(f"{COLLEAGUE}/", right=MANAGE, name="portal-colleague", GET=colleagues.one),
    resource(
        f"{COLLEAGUE}/invitation", right=MANAGE, name="portal-invitation", POST=colleagues.invite
    ),
    resource(
        f"{COLLEAGUE}/authorities",
        right=MANAGE,
        name="portal-authorities",
        GET=colleagues.ask,
        POST=colleagues.grant,
    ),
    resource(
        "authorities/<int:authority>",
        right=MANAGE,
        name="portal-authority",
        GET=colleagues.look,
        POST=colleagues.change,
    ),
    resource(
        "authorities/<int:authority>/end",
        right=MANAGE,
        name="portal-authority-end",
        POST=colleagues.withdraw,
    ),
    resource("work/", right=PERFORM, name="portal-work", GET=work.show),
    resource("work/files/<str:handed>", right=PERFORM, name="portal-work-file", GET=work.file),
    resource(f"{HANDOVER}/", right=PERFORM, name=NAME, GET=work.one, POST=work.write),
    resource(f"{HANDOVER}/acceptance", right=PERFORM, name=f"{NAME}-acceptance", POST=work.accept),
    resource(f"{HANDOVER}/refusal", right=PERFORM, name=f"{NAME}-refusal", POST=work.refuse),
    resource(f"{HANDOVER}/return", right=PERFORM, name=f"{NAME}-return", POST=work.give_back),
    resource(f"{HANDOVER}/result", right=PERFORM, name=f"{NAME}-result", POST=work.finish),
    resource(
        f"{HANDOVER}/checklist/<int:item>", right=PERFORM, name=f"{NAME}-line", POST=work.tick
    ),
    resource("manifest.json", right=Door.PUBLIC, name="portal-manifest", GET=machines.manifest),
]
