"""A department of the chain with a login that its people share."""

from ambidesk.ground.reach.actor import SYSTEM, Actor
from ambidesk.parties.authority.entering import entering
from ambidesk.parties.authority.granting import Terms, grant_authority
from ambidesk.parties.authority.rules.power import Power
from ambidesk.parties.authority.rules.scope import ScopeKind
from ambidesk.parties.authority.sharing import share_login
from ambidesk.parties.companies.appointing import appoint
from ambidesk.parties.companies.models import Contact, Department
from ambidesk.parties.people.meeting import Caller, meet
from ambidesk.parties.people.models import IdentityKind
from tests.clients import Clients

ORDINARY = frozenset({Power.CREATE, Power.COMMENT})


def shop_of(clients: Clients, terms: Terms | None = None) -> Contact:
    """The login of Shop 12, which may ask and write at the shop in the north, or what is said."""
    department = Department.objects.create(company=clients.chain, name="Shop 12")
    shop = in_department(clients, "Shop 12", department)
    own = Terms(scope=ScopeKind.SITES, sites=(clients.north_shop,), powers=ORDINARY)
    share_login(shop, by=SYSTEM, at=clients.cast.at)
    grant_authority(shop, terms or own, by=SYSTEM, at=clients.cast.at)
    return shop


def in_department(clients: Clients, name: str, department: Department | None) -> Contact:
    """Somebody of it, with an address."""
    at = clients.cast.at
    value = f"{name.lower().replace(' ', '.')}@client{clients.chain.pk}.example"
    found = meet(
        Caller(kind=IdentityKind.EMAIL, value=value, name=name, is_verified=True), by=SYSTEM, at=at
    )
    return appoint(
        clients.chain,
        found.person,
        department=department,
        since=at.date(),
        by=SYSTEM,
        at=at,
    )


def speaking(clients: Clients, shop: Contact, who: Contact | str) -> Actor:
    """The login, while somebody speaks: a contact, or a name as typed."""
    kept = {"name": who} if isinstance(who, str) else {"contact": who.pk}
    return entering(clients.user(shop), at=clients.cast.at, spoken=kept)
