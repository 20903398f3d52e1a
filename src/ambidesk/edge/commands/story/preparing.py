"""Preparing: what must stand before the first page of the demo opens, within seconds."""

import hmac
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime

from django.conf import settings
from django.db import transaction

from ambidesk.edge.commands.story.articles import write_articles
from ambidesk.edge.commands.story.called import call_in
from ambidesk.edge.commands.story.clients import enter_clients
from ambidesk.edge.commands.story.contracts import sign_contracts
from ambidesk.edge.commands.story.department import open_department
from ambidesk.edge.commands.story.forms import give_forms
from ambidesk.edge.commands.story.hands import give_hands
from ambidesk.edge.commands.story.kinds import kinds_by_name, names_of
from ambidesk.edge.commands.story.living import seat
from ambidesk.edge.commands.story.marks import prepare_survey
from ambidesk.edge.commands.story.messengers import connect_bots
from ambidesk.edge.commands.story.newcomers import take_in
from ambidesk.edge.commands.story.phrases import PHRASES
from ambidesk.edge.commands.story.portal import open_portal
from ambidesk.edge.commands.story.processes import draw_processes
from ambidesk.edge.commands.story.promises import make_promises
from ambidesk.edge.commands.story.queues import open_queues
from ambidesk.edge.commands.story.rules import make_rules
from ambidesk.edge.commands.story.scenery import HOUSES, STAFF, Colleague, House
from ambidesk.edge.commands.story.scripts import give_scripts
from ambidesk.edge.commands.story.situations import situations
from ambidesk.edge.commands.story.skills import name_skills, plan_absence
from ambidesk.edge.commands.story.stage import TELLER
from ambidesk.edge.commands.story.stewards import entrust_clients
from ambidesk.edge.commands.story.views import save_looks
from ambidesk.edge.commands.story.widgets import put_up
from ambidesk.ground.reach.models import Role
from ambidesk.parties.brands.founding import Face, set_up
from ambidesk.parties.brands.models import Brand
from ambidesk.parties.staff.forming import form_team
from ambidesk.parties.staff.hiring import hire, join_teams
from ambidesk.parties.staff.models import Member, Team
from ambidesk.service.catalogue import arranging
from ambidesk.service.catalogue.models import Tag
from ambidesk.support.conversations.connecting import Connection, connect
from ambidesk.support.conversations.models import ChannelKind
from ambidesk.support.desk.models import Template
from ambidesk.support.desk.phrasing import write_template

WORDS = """amber anchor apple autumn badge bamboo basket beacon birch bridge candle canyon cedar
cherry clover copper coral cotton crystal desert ember falcon feather forest garden ginger granite
harbor hazel honey island jasmine kettle ladder lagoon lantern lemon linen maple marble meadow
mirror morning ocean olive orchard paper pebble pepper pocket quartz quiet raven ribbon river
saddle saffron silver summer sunny thunder timber tulip valley velvet violet walnut willow
window winter yellow""".split()


def prepare(
    *, sites: Sequence[str] = (), bots: Mapping[str, str] | None = None
) -> list[dict[str, str]]:
    """
    Set the scene, unless it stands already, and give the logins.

    Chats stand on `sites`; `bots` are the servers of messengers by their kind.
    """
    at = datetime.now(UTC)
    with transaction.atomic():
        for house in HOUSES:
            if not Brand.objects.filter(slug=house.slug).exists():
                _found(house, at)
        prepare_survey(at=at)
        for colleague in STAFF:
            if not Member.objects.filter(user__email=colleague.login).exists():
                _hire(colleague, at)
        give_hands(at=at)
        draw_processes(at=at)
        give_scripts(at=at)
        write_articles(at=at)
        enter_clients(at=at)
        outside = _let_in(at)
        entrust_clients(at=at)
        give_forms(sites, at=at)
        open_queues(at=at)
        seat(at=at)
        name_skills(at=at)
        plan_absence(at=at)
        take_in(at=at)
        _agree(at)
        save_looks(at=at)
        make_rules(at=at)
    if sites:
        put_up(sites, at=at)
    if bots:
        connect_bots(bots, at=at)
    return [*_logins(), *outside]


def _let_in(at: datetime) -> list[dict[str, str]]:
    """Let clients and those who are called in sign in."""
    opened = (open_portal, open_department, call_in)
    return [dict(login) for each in opened for login in each(password=password_of, at=at)]


def _logins() -> list[dict[str, str]]:
    return [
        {"login": each.login, "password": password_of(each.login), "role": each.role}
        for each in STAFF
        if each.signs_in
    ]


def _agree(at: datetime) -> None:
    make_promises(at=at)
    sign_contracts(at=at)


def password_of(login: str) -> str:
    """The password of a login: words that this desk's secret chooses, so no two desks share it."""
    drawn = hmac.new(settings.SECRET_KEY.encode(), login.encode(), "sha256").digest()
    words = [WORDS[byte % len(WORDS)] for byte in drawn[:3]]
    return f"{'-'.join(words)}-{drawn[3] % 90 + 10}"


def _found(house: House, at: datetime) -> None:
    face = Face(
        name=house.name,
        slug=house.slug,
        language=house.language,
        accent=house.accent,
        signature=house.signature,
        zone="Europe/Moscow",
    )
    brand = set_up(None, face, by=TELLER, at=at)
    team = form_team(None, name=house.team, brands=[brand], members=[], by=TELLER, at=at)
    mailbox = Connection(
        kind=ChannelKind.EMAIL,
        brand=brand,
        team=team,
        name=house.address,
        address=house.address,
        settings={},
    )
    connect(None, mailbox, by=TELLER, at=at)
    _catalogue(house, brand, at)
    _phrases(house, brand, at)


def _phrases(house: House, brand: Brand, at: datetime) -> None:
    known = set(Template.objects.values_list("name", "language"))
    for phrase in PHRASES[house.slug]:
        if (phrase.name, phrase.language) in known:
            continue
        write_template(
            None,
            name=phrase.name,
            text=phrase.text,
            language=phrase.language,
            brand=brand,
            team=None,
            by=TELLER,
            at=at,
        )


def _catalogue(house: House, brand: Brand, at: datetime) -> None:
    for name in house.categories:
        arranging.arrange_category(None, name=name, parent=None, brand=brand, by=TELLER, at=at)
    here = [each for each in situations() if each.brand == house.slug]
    known = set(kinds_by_name())
    for name in _in_order((each.type for each in here), but=known):
        arranging.name_request_type(None, name=name, names=names_of(name), by=TELLER, at=at)
    known = set(Tag.objects.values_list("name", flat=True))
    for name in _in_order((tag for each in here for tag in each.tags), but=known):
        arranging.name_tag(None, name=name, by=TELLER, at=at)


def _hire(colleague: Colleague, at: datetime) -> None:
    member = hire(
        email=colleague.login,
        name=colleague.name,
        roles=Role.objects.filter(key=colleague.role),
        password=password_of(colleague.login) if colleague.signs_in else None,
        by=TELLER,
        at=at,
    )
    teams = Team.objects.filter(brands__slug__in=colleague.works_for)
    join_teams(member, teams, by=TELLER, at=at)


def _in_order(names: Iterable[str], *, but: set[str]) -> list[str]:
    return [name for name in dict.fromkeys(names) if name not in but]
