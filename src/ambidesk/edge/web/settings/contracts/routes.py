"""Addresses of contracts in the settings."""

from ambidesk.edge.web.settings.contracts import acting, debts, draft, penalties, stops
from ambidesk.edge.web.settings.contracts.noun import CONTRACTS
from ambidesk.edge.web.settings.nouns import routes_of
from ambidesk.ground.kernel.routes import resource
from ambidesk.service.contracts.rights import ContractRight

MANAGE, DEBTS, LIFT = ContractRight.MANAGE, ContractRight.DEBTS, ContractRight.LIFT
EXCUSE = ContractRight.EXCUSE
ONE, NAME = "contracts/<int:pk>", "settings-contracts"

CONTRACT_ROUTES = [
    *routes_of(CONTRACTS),
    resource("contracts/debts", right=DEBTS, name=f"{NAME}-debts", GET=debts.show, POST=debts.take),
    resource(
        "contracts/debts/<str:ending>", right=DEBTS, name=f"{NAME}-debts-file", GET=debts.give
    ),
    resource("contracts/stopped", right=LIFT, name=f"{NAME}-stopped", GET=stops.show),
    resource(f"{ONE}/draft", right=MANAGE, name=f"{NAME}-draft", GET=draft.show, POST=draft.save),
    resource(f"{ONE}/draft/end", right=MANAGE, name=f"{NAME}-drop", POST=draft.drop),
    resource(f"{ONE}/packages", right=MANAGE, name=f"{NAME}-packages", POST=acting.add_package),
    resource(f"{ONE}/renewal", right=MANAGE, name=f"{NAME}-renewal", POST=acting.renew),
    resource(f"{ONE}/termination", right=MANAGE, name=f"{NAME}-termination", POST=acting.terminate),
    resource(f"{ONE}/penalties", right=MANAGE, name=f"{NAME}-penalties", GET=penalties.show),
    resource("contracts/penalties", right=EXCUSE, name=f"{NAME}-penalised", GET=penalties.show_all),
    resource(
        "contracts/penalties/<int:pk>/excuse",
        right=EXCUSE,
        name=f"{NAME}-excuse",
        POST=penalties.excuse,
    ),
    resource(f"{ONE}/stops", right=DEBTS, name=f"{NAME}-stops", POST=acting.stop),
    resource(
        "contracts/stops/<int:pk>/lifting", right=LIFT, name=f"{NAME}-lifting", POST=acting.lift
    ),
]
