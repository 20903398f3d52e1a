"""What an article is about puts it first; one of contracts is for their clients only."""

from dataclasses import replace
from datetime import timedelta

import pytest

from ambidesk.ground.reach.actor import Actor, ActorKind
from ambidesk.parties.companies.models import Company
from ambidesk.support.knowledge.addressing import SeenByReaders
from ambidesk.support.knowledge.fitting import About, fitting
from ambidesk.support.knowledge.linking import Links, TooManyLinks, link
from ambidesk.support.knowledge.models import Article, Audience, Translation
from ambidesk.support.knowledge.publishing import archive
from tests.cast import Cast
from tests.service.assets.equipment import Equipment, make_equipment
from tests.service.contracts.agreements import in_force
from tests.support.knowledge.articles import published, written

pytestmark = pytest.mark.django_db


@pytest.fixture
def equipment(cast: Cast) -> Equipment:
    """Refrigerators of two companies."""
    return make_equipment(cast.at)


def linked(cast: Cast, row: Translation, **said: object) -> int:
    """The article, linked by the administrator."""
    link(row.article, Links(**said), by=cast.actor(cast.admin), at=cast.at)  # type: ignore[arg-type]
    return row.article_id


def client_of(company: Company, cast: Cast) -> Actor:
    """A contact with some authority of a company, today."""
    return Actor(
        kind=ActorKind.CONTACT,
        id=1,
        companies=frozenset({company.pk}),
        authorities=frozenset({1}),
        asked_at=cast.at,
    )


def read_by(actor: Actor) -> set[int]:
    """The articles that somebody sees."""
    return set(Article.objects.visible_to(actor).values_list("pk", flat=True))


def test_what_is_about_the_model_comes_first_then_its_class_then_the_industry(
    cast: Cast, equipment: Equipment
) -> None:
    trade = linked(cast, published(cast, "Shops"), industries=[" Retail ", "Retail", ""])
    kind = linked(cast, published(cast, "Cold"), classes=[equipment.kind])
    model = linked(cast, published(cast, "Frosty"), models=[equipment.frosty])
    other = linked(cast, published(cast, "Polar"), models=[equipment.polar])
    about = About(models=[equipment.frosty.pk], classes=[equipment.kind.pk], industry="Retail")
    assert fitting(Article.objects.all(), about) == [model, kind, trade]
    assert fitting(Article.objects.exclude(pk=model), about) == [kind, trade]
    assert fitting(Article.objects.all(), About(models=[equipment.polar.pk])) == [other]
    assert fitting(Article.objects.all(), About()) == []


def test_clients_read_what_is_for_all_of_them_and_for_their_contracts_while_they_hold(
    cast: Cast, equipment: Equipment
) -> None:
    everybody = published(cast, "Everybody").article_id
    clients = published(cast, "Clients", audience=Audience.CLIENTS).article_id
    published(cast, "Staff", audience=Audience.STAFF)
    written(cast, "Unwritten", audience=Audience.CLIENTS)
    old = published(cast, "Old", audience=Audience.CLIENTS)
    archive(old.article, by=cast.actor(cast.admin), at=cast.at)
    contract = in_force(equipment.chain, cast.at)
    row = published(cast, "Contract", audience=Audience.CLIENTS)
    theirs = linked(cast, row, contracts=[contract])
    chain, other = (client_of(each, cast) for each in (equipment.chain, equipment.other))
    assert read_by(chain) == {everybody, clients, theirs}
    assert read_by(other) == {everybody, clients}
    assert read_by(replace(chain, authorities=frozenset())) == set()
    later = replace(chain, asked_at=cast.at + timedelta(days=400))
    assert read_by(later) == {everybody, clients}


@pytest.mark.parametrize("days", [-400, 0, 400])
@pytest.mark.parametrize("audience", list(Audience))
@pytest.mark.parametrize("contracts", [1, 0])
def test_who_is_answered_is_told_just_what_they_would_read_themselves(
    cast: Cast, equipment: Equipment, days: int, audience: Audience, contracts: int
) -> None:
    row = published(cast, "One", audience=audience)
    if contracts:
        linked(cast, row, contracts=[in_force(equipment.chain, cast.at)])
    at = cast.at + timedelta(days)
    for company in (equipment.chain, equipment.other):
        reader = replace(client_of(company, cast), asked_at=at)
        told = Article.objects.open_to_clients([company.pk], on=at.date())
        assert set(told.values_list("pk", flat=True)) == read_by(reader)
        holds = company == equipment.chain and days == 0
        is_open = audience == Audience.PUBLIC or (
            audience == Audience.CLIENTS and (holds or not contracts)
        )
        assert told.exists() is is_open


def test_what_readers_see_is_linked_by_who_publishes_and_not_to_everything(
    cast: Cast, equipment: Equipment
) -> None:
    links, by, at = Links(models=[equipment.frosty]), cast.actor(cast.olga), cast.at
    link(written(cast, "Draft").article, links, by=by, at=at)
    with pytest.raises(SeenByReaders):
        link(published(cast).article, links, by=by, at=at)
    many = Links(industries=[f"trade {number}" for number in range(201)])
    with pytest.raises(TooManyLinks):
        link(written(cast, "All").article, many, by=by, at=at)
