"""Things of clients: a company and whoever is of it, its contract and papers."""

from datetime import timedelta
from decimal import Decimal

from PIL import Image

from ambidesk.ground.reach.actor import SYSTEM
from ambidesk.parties.authority.domains import trust_domain
from ambidesk.parties.authority.granting import Terms, grant_authority
from ambidesk.parties.authority.rules.scope import ScopeKind
from ambidesk.parties.companies.appointing import appoint
from ambidesk.parties.companies.incorporating import Requisites, enter_entity
from ambidesk.parties.companies.placing import add as add_territory
from ambidesk.parties.companies.registering import Place, Profile, open_site, register
from ambidesk.parties.companies.structuring import found_department
from ambidesk.parties.staff.presenting import present
from ambidesk.parties.stewards.entrusting import entrust
from ambidesk.parties.stewards.models import Duty
from ambidesk.service.assets.documenting import keep_document
from ambidesk.service.assets.models import Asset
from ambidesk.service.charges.models import Penalty
from ambidesk.service.charges.penalising import Late, count_penalties
from ambidesk.service.contracts.activating import activate
from ambidesk.service.contracts.rules.deciding import Blocked
from ambidesk.service.contracts.said import PenaltySaid
from ambidesk.service.contracts.stopping import stop
from ambidesk.service.sla.keeping import make_promises
from tests.cast import Cast
from tests.ground.files.photos import saved
from tests.service.contracts import agreements

PIXEL = saved(Image.new("RGB", (1, 1)), "PNG")


def client_company(cast: Cast) -> dict[str, object]:
    """A company with a legal entity, a site on the map and somebody who speaks for it."""
    by, at = SYSTEM, cast.at
    company = register(None, Profile(name="North Chain"), by=by, at=at)
    place = Place(name="Shop 1", code="S1", latitude=Decimal("55.5"), longitude=Decimal("37.5"))
    requisites = Requisites(name="North Chain LLC", inn="7707083893", kpp="770701001")
    contact = appoint(company, cast.anna.person, since=at.date(), post="Manager", by=by, at=at)
    member = present(cast.olga, post="Lead", qualification="", photo=PIXEL, by=by, at=at)
    steward = entrust(company, member, duty=Duty.MANAGER, since=at.date(), by=by, at=at)
    site = open_site(company, place, by=by, at=at)
    entity = enter_entity(company, requisites, by=by, at=at)
    return {
        "company": company.pk,
        "company_id": company.pk,
        "site": site.pk,
        "site_id": site.pk,
        "entity": entity.pk,
        "legalentity_id": entity.pk,
        **dict.fromkeys(
            ("territory", "territory_id"), add_territory(company, "North", by=by, at=at).pk
        ),
        "department": found_department(company, "Repairs", by=by, at=at).pk,
        "contact": contact.pk,
        "authority": grant_authority(contact, Terms(scope=ScopeKind.COMPANY), by=by, at=at).pk,
        "domain": trust_domain(company, "north.example", by=by, at=at).pk,
        "steward": steward.pk,
        "member": member.pk,
        "sheet": "sites",
        "ending": "csv",
    }


def contract_in_force(cast: Cast) -> dict[str, object]:
    """A contract in force that is stopped and has a penalty."""
    made = agreements.contract(agreements.company("Things"), cast.at)
    late = PenaltySaid(clause="9.1", goal="resolution", rate="each", value=Decimal(500))
    agreements.draft(made, cast.at, penalties=(late,))
    activate(made, by=SYSTEM, at=cast.at)
    (promise,) = make_promises(1, at=cast.at)
    broken = Late(
        promise=promise.pk,
        goal="resolution",
        number=1,
        on=made.starts_on,
        late_for=timedelta(hours=1),
    )
    count_penalties(made, [broken], since=made.starts_on, by=SYSTEM, at=cast.at)
    blocks = (Blocked.CONTRACT,)
    stopped = stop(made.company, contract=made, blocks=blocks, words="Debts", by=SYSTEM, at=cast.at)
    parts = (
        "one",
        "draft",
        "drop",
        "packages",
        "penalties",
        "renewal",
        "termination",
        "stops",
    )
    routes: dict[str, object] = {f"settings-contracts-{part}": made.pk for part in parts}
    # The API names them by these.
    named = {"contract": made.pk, "stop_id": stopped.pk}
    file = {"settings-contracts-debts-file": "csv"}
    own = {"settings-contracts-lifting": stopped.pk}
    own["settings-contracts-excuse"] = Penalty.objects.get(contract=made).pk
    return routes | named | file | own


def paper_of_asset(cast: Cast) -> str:
    """A paper of the equipment that there is."""
    asset = Asset.objects.order_by("pk")[0]
    kept = keep_document(
        asset, b"lines", name="scheme.pdf", for_clients=False, by=SYSTEM, at=cast.at
    )
    return kept.key
