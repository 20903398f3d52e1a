"""Contacts of the demo who sign in at the portal: over a region, of one shop, of the office."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from ambidesk.edge.commands.story.clients import CLIENTS, TOWNS
from ambidesk.edge.commands.story.stage import TELLER
from ambidesk.ground.kernel.money import Money
from ambidesk.parties.authority.domains import trust_domain
from ambidesk.parties.authority.granting import Terms, grant_authority
from ambidesk.parties.authority.inviting import invite
from ambidesk.parties.authority.rules.power import Power, Topic
from ambidesk.parties.authority.rules.scope import ScopeKind
from ambidesk.parties.companies.appointing import appoint
from ambidesk.parties.companies.models import Company
from ambidesk.parties.people.meeting import Caller, meet
from ambidesk.parties.people.models import Identity, IdentityKind
from ambidesk.parties.staff.admitting import take_link

MANAGER, SHOP, OFFICE = "territory@chain.example", "shop@chain.example", "office@chain.example"
NAMES = {MANAGER: "Вера Полевая", SHOP: "Тимур Ручьёв", OFFICE: "Глеб Заречный"}
POSTS = {
    MANAGER: "Управляющая территорией",
    SHOP: "Администратор магазина",
    OFFICE: "Директор по эксплуатации",
}
BASIC = frozenset({Power.CREATE, Power.COMMENT})


def open_portal(*, password: Callable[[str], str], at: datetime) -> Sequence[Mapping[str, str]]:
    """Appoint, entitle and let them in, unless they are; give their logins."""
    company = Company.objects.get(name=CLIENTS[0].name)
    known = Identity.objects.filter(kind=IdentityKind.EMAIL, value=MANAGER).exists()
    if not known:
        # Whoever writes from there asks for the company; a stranger waits until somebody confirms.
        trust_domain(company, MANAGER.partition("@")[2], by=TELLER, at=at)
        for login, terms in _terms(company).items():
            _admit(company, login, terms, password=password(login), at=at)
    return [{"login": each, "password": password(each), "role": "client"} for each in NAMES]


def _terms(company: Company) -> Mapping[str, Terms]:
    region = company.territories.get(parent=None, name=next(iter(TOWNS)))
    shop = company.sites.filter(territory__path__within=region.path).order_by("pk")[0]
    limit = Money(Decimal(20_000), "RUB")
    return {
        MANAGER: Terms(
            scope=ScopeKind.TERRITORIES,
            territories=(region,),
            powers=frozenset(Power) - {Power.BUY, Power.PERFORM},
            told=frozenset({Topic.CAUSE, Topic.NAMES}),
            approves_to=limit,
        ),
        OFFICE: Terms(
            scope=ScopeKind.COMPANY,
            powers=frozenset(Power) - {Power.BUY, Power.PERFORM},
            told=frozenset(Topic),
        ),
        SHOP: Terms(
            scope=ScopeKind.SITES,
            sites=(shop,),
            powers=BASIC | {Power.ACCEPT},
            told=frozenset({Topic.CONTRACT}),
        ),
    }


def _admit(company: Company, login: str, terms: Terms, *, password: str, at: datetime) -> None:
    caller = Caller(
        kind=IdentityKind.EMAIL, value=login, name=NAMES[login], language="ru", is_verified=True
    )
    person = meet(caller, by=TELLER, at=at).person
    contact = appoint(company, person, since=at.date(), post=POSTS[login], by=TELLER, at=at)
    grant_authority(contact, terms, by=TELLER, at=at)
    take_link(invite(contact, by=TELLER, at=at), password, at=at)
