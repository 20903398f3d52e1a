"""A department of the demo's client that shares one login, and those who speak through it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Final

from ambidesk.edge.commands.story.clients import CLIENTS
from ambidesk.edge.commands.story.portal import BASIC
from ambidesk.edge.commands.story.stage import TELLER
from ambidesk.parties.authority.granting import Terms, grant_authority
from ambidesk.parties.authority.inviting import invite
from ambidesk.parties.authority.rules.power import Topic
from ambidesk.parties.authority.rules.scope import ScopeKind
from ambidesk.parties.authority.sharing import share_login
from ambidesk.parties.companies.appointing import appoint
from ambidesk.parties.companies.models import Company, Contact, Department
from ambidesk.parties.companies.structuring import found_department
from ambidesk.parties.people.meeting import Caller, meet
from ambidesk.parties.people.models import Identity, IdentityKind
from ambidesk.parties.staff.admitting import take_link

LOGIN: Final = "shop-12@chain.example"
NAME, POST = "Магазин 12", "Общий вход смены"
SPEAKERS: Final = {
    "zina@chain.example": ("Зинаида Ольшанская", "Старшая смены"),
    "kirill@chain.example": ("Кирилл Лугов", "Продавец"),
}


def open_department(*, password: Callable[[str], str], at: datetime) -> Sequence[Mapping[str, str]]:
    """Let the shift of a shop in by one login, unless it is; give that login."""
    if not Identity.objects.filter(kind=IdentityKind.EMAIL, value=LOGIN).exists():
        company = Company.objects.get(name=CLIENTS[0].name)
        department = found_department(company, NAME, by=TELLER, at=at)
        for address, (name, post) in SPEAKERS.items():
            _appoint(department, address, name=name, post=post, at=at)
        _share(department, password(LOGIN), at=at)
    return [{"login": LOGIN, "password": password(LOGIN), "role": "department"}]


def _share(department: Department, password: str, *, at: datetime) -> None:
    site = department.company.sites.order_by("pk")[11]
    terms = Terms(
        scope=ScopeKind.SITES, sites=(site,), powers=BASIC, told=frozenset({Topic.CONTRACT})
    )
    contact = _appoint(department, LOGIN, name=NAME, post=POST, at=at)
    grant_authority(contact, terms, by=TELLER, at=at)
    share_login(contact, by=TELLER, at=at)
    take_link(invite(contact, by=TELLER, at=at), password, at=at)


def _appoint(
    department: Department, address: str, *, name: str, post: str, at: datetime
) -> Contact:
    caller = Caller(
        kind=IdentityKind.EMAIL, value=address, name=name, language="ru", is_verified=True
    )
    person = meet(caller, by=TELLER, at=at).person
    return appoint(
        department.company,
        person,
        since=at.date(),
        post=post,
        department=department,
        by=TELLER,
        at=at,
    )
